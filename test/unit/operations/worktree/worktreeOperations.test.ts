import assert from 'node:assert/strict';
import type { SystemCaller } from '../../../../src/domain/caller.ts';
import type { FoundRepository } from '../../../../src/domain/repository/repository.ts';
import type { Worktree } from '../../../../src/domain/worktree/worktree.ts';
import { callerOf } from '../../../support/anAgent.ts';
import { aRole } from '../../../support/loopDriver.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

const engine: SystemCaller = { kind: 'system', name: 'engine' };
const found = (root: string): FoundRepository => ({ kind: 'found', root, defaultBranch: 'main' });
const tip = 'a'.repeat(40);

describe('worktrees and merges as operations', () => {
  let host: TestHost;
  let branches: Record<string, string>;
  beforeEach(async () => {
    branches = {};
    host = await createTestHost({
      roles: [aRole()],
      repositories: { '/workspace': found('/workspace'), '/lib': found('/lib') },
      branches,
    });
    await host.run('project.create', { title: 'Shop', slug: 'shop', mode: 'autonomous' });
  });
  afterEach(() => host.dispose());

  const todo = async (title = 'Add a') =>
    (await host.run('todo.create', { title, project: 'shop' })).todos[0]?.id as never;
  const start = async (more: object = {}) =>
    host.run('agent.start', { role: 'coder', worktree: true, project: 'shop', ...more });
  const worktrees = () => host.tables(({ worktree }) => worktree.all({}).toReversed());
  const merges = () => host.tables(({ merge }) => merge.all({}));
  const agent = (name: string) =>
    host.tables((tables) => {
      const row = tables.agent.findByName(name);
      assert.ok(row);
      return row;
    });
  const launch = async (name: string) => {
    const { id, sessionNumber } = await agent(name);
    return host.tables((tables) => tables.launch.all({ agentId: id, sessionNumber })[0]);
  };
  const prepared = ({ id }: Worktree) =>
    host.as(engine, 'worktree.prepared', {
      worktree: id,
      repositoryPath: '/workspace',
      baseCommit: tip,
      notes: [],
    });
  const claim = (name: string) =>
    host.as(engine, 'launch.claim', { agent: name, pid: 1, pidStartedAt: 'then' });

  /** An agent at work in its worktree, on a todo. */
  async function atWork() {
    const id = await todo();
    const { name } = await start({ todo: id });
    for (const row of await worktrees()) if (row.status === 'requested') await prepared(row);
    assert.ok((await claim(name)).ok);
    return { id, name };
  }
  async function handedIn() {
    const { id, name } = await atWork();
    await host.as(callerOf(await agent(name)), 'report', { status: 'done', summary: 'Did it.' });
    const { id: agentId, sessionNumber } = await agent(name);
    const exit = { agent: agentId, sessionNumber, exitCode: 0, exitSignal: null };
    await host.as(engine, 'agent.exited', exit);
    const [entry] = await merges();
    assert.ok(entry);
    return { id, name, entry };
  }

  it('a start asks for a worktree below Sloop’s folder and waits for it', async () => {
    const id = await todo();
    const { name } = await start({ todo: id });
    const [row] = await worktrees();
    assert.ok(row);
    assert.deepEqual(
      [row.path, row.branch, row.baseBranch, row.status],
      [`/worktrees/${name}`, `sloop/shop/todo-${id as string}`, 'sloop/shop/project', 'requested'],
    );
    assert.equal((await launch(name))?.state, 'preparing');
    assert.match(refusalOf(await claim(name)).message, /still being made/);
    const { launches } = await host
      .as(engine, 'launch.ready', {})
      .then((r) => (r.ok ? r.value : assert.fail()));
    assert.deepEqual(launches, []);
    await prepared(row);
    assert.equal((await launch(name))?.state, 'ready');
    assert.equal((await prepared(row)).ok, true, 'said twice it changes nothing');
    assert.equal((await worktrees())[0]?.status, 'ready');
  });

  it('with several repositories it waits for all of them, in folders of its own', async () => {
    await host.run('repository.register', { path: '/workspace', name: 'Shop ..' });
    await host.run('repository.register', { path: '/lib' });
    await host.run('project.update', { project: 'shop', repositories: ['Shop ..', 'lib'] });
    const { name } = await start({ prompt: 'Do it.' });
    const rows = await worktrees();
    assert.deepEqual(rows.map(({ path }) => path).toSorted(), [
      `/worktrees/${name}/lib`,
      `/worktrees/${name}/shop`,
    ]);
    assert.equal((await launch(name))?.workingFolder, `/worktrees/${name}`);
    for (const [index, row] of rows.entries()) {
      assert.equal((await launch(name))?.state, 'preparing', `before ${index}`);
      await prepared(row);
    }
    assert.equal((await launch(name))?.state, 'ready');
  });

  it('the workspace’s repository is registered once, when it is first needed, under a name that is free', async () => {
    await host.run('repository.register', { path: '/lib', name: 'workspace' });
    await start({ prompt: 'One.' });
    await start({ prompt: 'Two.' });
    const { items } = await host.run('repository.list', {});
    assert.deepEqual(items.map(({ name, path }) => [name, path]).toSorted(), [
      ['workspace', '/lib'],
      ['workspace-2', '/workspace'],
    ]);
  });

  it('one that cannot be made ends its agent, and its launch is taken back', async () => {
    const { name } = await start({ todo: await todo() });
    const [row] = await worktrees();
    assert.ok(row);
    await host.as(engine, 'worktree.failed', { worktree: row.id, reason: 'No room.' });
    const ended = await agent(name);
    assert.deepEqual([ended.status, ended.startRefused], ['crashed', true]);
    assert.match(ended.attention ?? '', /No room/);
    assert.equal((await launch(name))?.state, 'withdrawn');
  });

  it('one that is made after its agent was stopped is kept, and its agent starts no more', async () => {
    const { name } = await start({ prompt: 'Do it.' });
    const [row] = await worktrees();
    assert.ok(row);
    await host.run('agent.stop', { agents: [name] });
    assert.equal((await worktrees())[0]?.status, 'failed');
    await prepared(row);
    assert.equal((await worktrees())[0]?.status, 'kept');
    assert.equal((await launch(name))?.state, 'withdrawn');
  });

  it('a folder of one’s choice and a worktree exclude each other', async () => {
    const both = { role: 'coder', prompt: 'x', worktree: true, folder: '/lib' };
    assert.equal(refusalOf(await host.as(host.person, 'agent.start', both)).code, 'invalid');
  });

  it('the worktree of an agent at work is not taken, removed or adopted', async () => {
    const { id, name } = await atWork();
    const [row] = await worktrees();
    assert.ok(row);
    await host.tables((tables) => {
      const held = tables.todo.find(id);
      if (held !== undefined) tables.todo.update({ ...held, status: 'pending', assignee: null });
    });
    const again = { role: 'coder', worktree: true, todo: id };
    assert.match(
      refusalOf(await host.as(host.person, 'agent.start', again)).message,
      new RegExp(`${name} works in`),
    );
    const remove = { worktrees: [row.id], force: true };
    assert.equal(refusalOf(await host.as(host.person, 'worktree.remove', remove)).code, 'conflict');
    const adopt = { worktree: row.id, todo: id };
    assert.equal(refusalOf(await host.as(host.person, 'worktree.adopt', adopt)).code, 'conflict');
  });

  it('a merge is recorded only where the branch stands as said, and once', async () => {
    const { id, entry } = await handedIn();
    const record = () => host.as(engine, 'merge.recorded', { merge: entry.id, tip, commit: tip });
    assert.equal(refusalOf(await record()).code, 'conflict');
    branches['/workspace sloop/shop/project'] = tip;
    assert.ok((await record()).ok);
    assert.equal((await host.run('todo.show', { todo: id })).status, 'completed');
    delete branches['/workspace sloop/shop/project'];
    assert.ok((await record()).ok, 'a repeat changes nothing');
    assert.equal((await worktrees())[0]?.status, 'removing');
  });

  it('what an agent may still change is not due', async () => {
    const { name } = await atWork();
    await host.as(callerOf(await agent(name)), 'report', { status: 'done', summary: 'Did it.' });
    const due = await host.as(engine, 'merge.due', {});
    assert.deepEqual(due.ok && due.value.jobs, []);
  });

  it('a merge that failed is said to the person, waits for a retry and keeps its todo', async () => {
    const { id, name, entry } = await handedIn();
    await host.as(engine, 'merge.failed', { merge: entry.id, reason: 'Disk full.' });
    assert.match((await agent(name)).attention ?? '', /Disk full\. Then: sloop merge retry/);
    assert.equal((await host.run('todo.show', { todo: id })).status, 'in_progress');
    await host.run('merge.retry', { merges: [entry.id] });
    assert.deepEqual([(await merges())[0]?.status, (await merges())[0]?.reason], ['queued', null]);
    assert.match(refusalOf(await remove()).message, /waits to be merged/);

    async function remove() {
      const [row] = await worktrees();
      return host.as(host.person, 'worktree.remove', { worktrees: row === undefined ? [] : [row.id] });
    }
  });

  it('merging a sprint or project that has no branch, or is not complete, is refused with what to do', async () => {
    const { id: sprint } = await host.run('sprint.create', { title: 'One', project: 'shop' });
    assert.match(
      refusalOf(await host.as(host.person, 'merge.request', { sprint })).next,
      /sprint transition .* complete/,
    );
    assert.match(
      refusalOf(await host.as(host.person, 'merge.request', { project: 'shop' })).message,
      /no branch in any repository/,
    );
    branches['/workspace sloop/shop/project'] = tip;
    const { merges: first } = await host.run('merge.request', { project: 'shop' });
    const { merges: second } = await host.run('merge.request', { project: 'shop' });
    assert.deepEqual(second, first, 'asked twice it is queued once');
  });

  it('set-up lists name what lies inside alone; an address is enough to register', async () => {
    for (const name of ['/etc/passwd', '../secret', 'a/../../b', 'C:\\x', '\\\\server\\x'])
      assert.equal(
        refusalOf(await host.as(host.person, 'repository.register', { path: '/lib', copyFiles: [name] }))
          .code,
        'invalid',
        name,
      );
    const row = await host.run('repository.register', { url: 'https://example.org/team/far.git' });
    assert.deepEqual([row.name, row.path, row.defaultBranch], ['far', null, 'main']);
    assert.equal(refusalOf(await host.as(host.person, 'repository.register', {})).code, 'invalid');
  });

  it('a look that finds nothing in what failed clears it away; what holds something stays', async () => {
    const { name } = await start({ prompt: 'Do it.' });
    const [row] = await worktrees();
    assert.ok(row);
    await host.as(engine, 'worktree.failed', { worktree: row.id, reason: 'No.' });
    const due = await host.as(engine, 'worktree.due', {});
    assert.deepEqual(due.ok && due.value.jobs.map(({ job, agent: by }) => [job, by]), [['look', name]]);
    const seen = { worktree: row.id, uncommitted: 1, unmerged: 0, sizeBytes: 10 };
    await host.as(engine, 'worktree.looked', seen);
    assert.equal((await worktrees())[0]?.status, 'failed');
    await host.as(engine, 'worktree.looked', { ...seen, uncommitted: 0 });
    assert.equal((await worktrees())[0]?.status, 'removing');
    // A look that began before the removal was decided does not stop it; what speaks against it at the removal does.
    await host.as(engine, 'worktree.looked', { ...seen, unmerged: 1 });
    assert.equal((await worktrees())[0]?.status, 'removing');
    await host.as(engine, 'worktree.removed', { worktree: row.id, reason: 'Gone.' });
    assert.equal((await worktrees())[0]?.status, 'removed');
  });

  it('whose changes are asked for is one thing', async () => {
    assert.equal(refusalOf(await host.as(host.person, 'worktree.diffOf', {})).code, 'invalid');
    const { id, name } = await atWork();
    const both = { todo: id, agent: name };
    assert.equal(refusalOf(await host.as(host.person, 'worktree.diffOf', both)).code, 'invalid');
    const { ranges } = await host.run('worktree.diffOf', { agent: name });
    assert.deepEqual(ranges, (await host.run('worktree.diffOf', { todo: id })).ranges);
    assert.deepEqual(
      [ranges[0]?.base, ranges[0]?.head, ranges[0]?.merged],
      ['sloop/shop/project', `sloop/shop/todo-${id as string}`, false],
    );
  });
});
