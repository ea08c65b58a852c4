import assert from 'node:assert/strict';
import type { Button, Desk } from '../../../../src/vscode/commands/desk.ts';
import type { ByHandId } from '../../../../src/vscode/commands/byHand.ts';
import { runByHand } from '../../../../src/vscode/commands/operationByHand.ts';
import { aBusyWorkspace, type BusyWorkspace } from '../../../support/busyWorkspace.ts';
import { scriptedPerson, type Reply } from '../../../support/scriptedPerson.ts';

describe('an operation by hand', () => {
  let world: BusyWorkspace;
  beforeEach(async () => (world = await aBusyWorkspace()));
  afterEach(() => world.host.dispose());

  /** Runs a command on a desk that notes what it was asked to show. */
  let remembered: Readonly<Record<string, unknown>> = {};
  async function run(
    id: ByHandId,
    replies: readonly Reply[],
    { args = [], agree = true, preset = {} }: { args?: unknown[]; agree?: boolean; preset?: object } = {},
  ) {
    const seen: string[] = [];
    const offered: Button[] = [];
    const person = scriptedPerson(replies);
    const desk: Desk = {
      client: world.host.executor.clientFor(world.person, 'view'),
      ask: (_title, job) => job(person),
      folders: () => [],
      texts: () => [],
      hasNoHost: () => false,
      runCommand(command, ...rest) {
        seen.push(['run', command, ...rest].join(' '));
        return Promise.resolve();
      },
      sayDone: (line) => void seen.push(`done ${line}`),
      say(level, message, buttons) {
        seen.push(`${level} ${message}`);
        offered.push(...buttons);
      },
      confirm(question, detail) {
        seen.push(`confirm ${question} ${detail}`);
        return Promise.resolve(agree);
      },
      recall: () => remembered,
      remember: (operation, answers) => void (remembered = { ...answers, operation }),
      showDocument(name, text) {
        seen.push(`document ${name}\n${text}`);
        return Promise.resolve();
      },
    };
    await runByHand(desk, id, args, { ...preset });
    return { seen, offered };
  }

  it('says in one line what was done, and shows what was made', async () => {
    const { seen } = await run('sprint.create', ['Payment', '']);
    assert.equal(seen[0], 'done Created: #3 Payment');
    assert.match(seen[1] ?? '', /^run sloop\.reveal sprint \w{12}$/);
  });

  it('calls what was made by its own name', async () => {
    const { seen } = await run('todo.create', ['Pay by card', '', 'High', '#1 plain-a']);
    assert.equal(seen[0], 'done Created: Pay by card');
  });

  it('opens a row without asking the store for more', async () => {
    const { seen } = await run('artifact.show', ['plain-a']);
    assert.deepEqual(seen, [`run sloop.openArtifact ${world.project.ids.artifact}`]);
  });

  it('shows what a deletion would take along before it is done', async () => {
    const args = [{ project: world.project.names.project, todos: true, artifacts: false }];
    const { seen } = await run('project.delete', [], { args, agree: false });
    assert.equal(seen.length, 1);
    assert.match(seen[0] ?? '', /^confirm Delete “plain-a”\?/);
    assert.match(seen[0] ?? '', /Deleted todos: 6/);
    assert.match(seen[0] ?? '', /Detached artifacts: 1 \(they stay/);
    assert.ok(await world.host.tables((tables) => tables.project.find(world.project.ids.project as never)));
  });

  it('deletes when that is confirmed', async () => {
    const { seen } = await run('todo.delete', [], { args: [{ noun: 'todo', id: 'tdonexxx' }] });
    assert.equal(seen[1], 'done Deleted: completed');
    assert.equal(await world.host.tables((tables) => tables.todo.find('tdonexxx' as never)), undefined);
  });

  it('says why not, with a button for the command that the advice names', async () => {
    await world.host.as(world.person, 'project.archive', { project: 'done' });
    const { seen, offered } = await run('project.switch', [], { args: [{ project: 'done' }] });
    assert.match(seen[0] ?? '', /^error Project done is archived\. /);
    assert.deepEqual(offered, [
      { title: 'Reopen a project', command: 'sloop.project.reopen', args: [{ project: 'done' }] },
    ]);
  });

  it('offers to make what there is nothing of', async () => {
    const { seen, offered } = await run('repository.show', [cancelledOnce()]);
    assert.deepEqual(seen, []);
    await world.host.tables((tables) => {
      for (const { id } of tables.repository.list({}, { limit: 9 }).items) tables.repository.remove(id);
    });
    assert.deepEqual(offered, []);
    const empty = await run('repository.show', []);
    assert.match(empty.seen[0] ?? '', /^information Show a repository: there is no repository/);
    assert.equal(empty.offered[0]?.command, 'sloop.repository.register');
  });

  it('lists what there is and opens what is picked', async () => {
    const { seen } = await run('todo.ready', ['plain-a']);
    assert.deepEqual(seen, [`run sloop.reveal todo ${world.project.ids.todo}`]);
  });

  it('shows an answer without a view of its own as a document', async () => {
    const { seen } = await run('role.show', ['Coder']);
    assert.match(seen[0] ?? '', /^document Show a role – Coder\nname: coder\n/);
  });

  it('takes from the settings what nothing else says', async () => {
    const { seen } = await run('agent.start', ['Coder', 'No todo: a task in words', 'Look around', 'No'], {
      preset: { provider: 'claude', form: 'interactive' },
    });
    assert.match(seen[0] ?? '', /^done Started/);
    const [, id = ''] = /^run sloop\.openAgent (\w+)$/.exec(seen[1] ?? '') ?? [];
    const agent = await world.host.as(world.person, 'agent.show', { agent: id });
    assert.ok(agent.ok);
    assert.deepEqual([agent.value.provider, agent.value.form], ['claude', 'interactive']);
    const { provider: _byPreset, ...answers } = remembered;
    assert.deepEqual(answers, { operation: 'agent.start', role: 'coder', worktree: false });
  });
});

const cancelledOnce = (): Reply => ({ kind: 'cancelled' });
