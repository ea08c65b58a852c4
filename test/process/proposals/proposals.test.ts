import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runSloop } from '../../support/cliBundle.ts';
import { LoopWorld } from '../loop/loopWorld.ts';

const report = { mcp: { operation: 'report', input: { status: 'done', summary: 'Proposed' } } };

describe('proposals of a real agent', function () {
  this.timeout(120_000);
  let world: LoopWorld;
  beforeEach(async () => {
    world = new LoopWorld();
    await world.startHost();
  });
  afterEach(() => world.close());

  const sloop = (...words: readonly string[]) =>
    runSloop(words, {
      cwd: world.workspace,
      env: { SLOOP_DATA: path.join(world.folder, 'data'), SLOOP_STORE: world.store },
    });

  /** Plays the shipped role `detail`, which may only read, and waits for its report. */
  async function detail(...steps: readonly object[]): Promise<string> {
    writeFileSync(path.join(world.workspace, 'script.yaml'), JSON.stringify({ steps: [...steps, report] }));
    const { name } = await world.run('agent.start', {
      role: 'detail',
      prompt: 'Break it down.',
      script: 'script.yaml',
    });
    await world.until(
      async () => (await world.run('agent.show', { agent: name })).reported === 'done',
      'proposed',
    );
    return name;
  }

  it('are made over MCP and by the command, seen in the Inbox, compared, and accepted by the person', async () => {
    const { todos } = await world.run('todo.create', { title: 'Build it', description: 'All at once\n' });
    const todo = todos[0]?.id ?? '';
    const name = await detail(
      { mcp: { operation: 'todo.update', input: { todo, title: 'Mine' }, expect: 'failure' } },
      { mcp: { operation: 'agent.start', input: { role: 'coder', prompt: 'x' }, expect: 'failure' } },
      {
        mcp: {
          operation: 'proposal.create',
          input: { target: 'todo', entity: todo, content: 'Step by step\n', summary: 'It is too big' },
        },
      },
      { cli: { words: ['proposal', 'create', 'todo', 'Look first', '--metadata', '{"priority":"high"}'] } },
    );
    const inbox = await world.run('message.inbox', { kind: ['proposal'] });
    assert.deepEqual(
      inbox.items.map(({ title, from }) => [title, from]),
      [
        ['Build it', name],
        ['Look first', name],
      ],
    );
    const [first, second] = inbox.items.map(({ id }) => id);
    const diff = await sloop('proposal', 'diff', String(first));
    assert.equal(diff.code, 0, diff.err);
    assert.match(
      diff.out,
      /^--- description now\n\+\+\+ description as proposed \(Build it\)\n@@ .*\n-All at once\n\+Step by step\n$/,
    );
    await world.run('todo.update', { todo, description: 'In two parts' });
    const stale = await sloop('proposal', 'accept', String(first));
    assert.equal(stale.code, 1);
    assert.match(stale.err, /description "All at once\\n" → "In two parts"/);
    const accepted = await sloop('proposal', 'accept', String(first), String(second), '--force');
    assert.equal(accepted.code, 0, accepted.err);
    assert.equal((await world.run('todo.show', { todo })).description, 'Step by step\n');
    const { items } = await world.run('todo.list', {});
    const made = items.find(({ title }) => title === 'Look first');
    assert.equal(made?.priority, 'high');
    assert.equal((await world.run('message.inbox', { kind: ['proposal'] })).items.length, 0);
  });
});
