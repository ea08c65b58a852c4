import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { callerOf } from '../../support/anAgent.ts';
import { GitTeam } from '../../support/gitTeam.ts';
import { refusalOf } from '../../support/testHost.ts';

describe('agents in worktrees', function () {
  this.timeout(90_000);
  let team: GitTeam;
  beforeEach(async () => {
    team = await GitTeam.open({ 'README.md': 'one\n', '.gitignore': 'node_modules/\n' });
  });
  afterEach(() => team.dispose());

  it('an agent starts when its worktree is made, on a branch of its todo, and the user’s checkout stays', async () => {
    team.world.write(team.workspace, { 'README.md': 'being edited\n', 'notes.txt': 'mine' });
    const before = team.world.look(team.workspace);
    const todo = await team.todo('Add a');
    const { name, folder } = await team.begin(todo);
    assert.equal(folder, path.join(team.world.own, name));
    const branch = `sloop/shop/todo-${todo}`;
    assert.equal(team.world.run(folder, 'rev-parse', '--abbrev-ref', 'HEAD'), branch);
    const { worktreePath, branch: shown } = await team.agent(name);
    assert.deepEqual([worktreePath, shown], [folder, branch]);
    const { prompt } = await team.host.tables(({ launch }) => launch.all({})[0] ?? { prompt: '' });
    assert.match(prompt, new RegExp(`git worktree of shop .* on branch ${branch}`));
    assert.deepEqual(team.world.look(team.workspace), before);
  });

  it('done work is handed in, merged when its process has ended, and then its todo is completed', async () => {
    const todo = await team.todo('Add a');
    const next = await team.todo('Add b', { dependsOn: [todo] });
    const before = team.world.look(team.workspace);
    const { name, folder } = await team.begin(todo);
    team.world.write(folder, { 'a.txt': 'a\n' });
    assert.match((await team.report(name, 'Added a.')).next, /merged.* when your process has ended/);
    assert.equal(await team.status(todo), 'in_progress');
    assert.equal((await team.merges())[0]?.status, 'queued');
    await team.exit(name);
    await team.untilTodo(todo, 'completed');
    const done = await team.host.run('todo.show', { todo });
    assert.deepEqual([done.completedBy, done.completionSummary], [name, 'Added a.']);
    assert.equal(await team.status(next), 'pending', 'what waited for it can go on');
    assert.equal(team.git('show', 'sloop/shop/project:a.txt'), 'a');
    assert.match(
      team.git('log', '-1', '--format=%B', 'sloop/shop/project'),
      /Merge todo .*: Add a\n\nAdded a\./,
    );
    await team.untilWorktree(name, 'removed');
    assert.ok(!existsSync(folder));
    assert.equal(team.git('branch', '--list', `sloop/shop/todo-${todo}`), '');
    assert.deepEqual(team.world.look(team.workspace), before);
    // What it changed can still be told.
    const { ranges } = await team.host.run('worktree.diffOf', { todo });
    assert.equal(ranges.length, 1);
    const names = team.git('diff', '--name-only', `${ranges[0]?.base}...${ranges[0]?.head}`);
    assert.equal(names, 'a.txt');
  });

  it('todo.complete by the agent itself hands in too; by the person it is completed at once', async () => {
    const todo = await team.todo('Add a');
    const { name, folder } = await team.begin(todo);
    team.world.write(folder, { 'a.txt': 'a\n' });
    const caller = callerOf(await team.agent(name));
    await team.host.as(caller, 'todo.complete', { todos: [todo as never], summary: 'Did it.' });
    assert.equal(await team.status(todo), 'in_progress');
    await team.exit(name);
    assert.equal((await team.agent(name)).status, 'idle');
    await team.untilTodo(todo, 'completed');
    const other = await team.todo('By hand');
    await team.host.run('todo.complete', { todos: [other as never] });
    assert.equal(await team.status(other), 'completed');
  });

  it('sprint work goes to the sprint’s branch, and a complete sprint to the project’s', async () => {
    const { id: sprint } = await team.host.run('sprint.create', { title: 'One', project: 'shop' });
    await team.host.run('sprint.transition', { sprint, status: 'in_progress' });
    const todo = await team.todo('Add a', { sprint });
    await team.perform(todo, { 'a.txt': 'a\n' });
    await team.untilTodo(todo, 'completed');
    assert.equal(team.git('show', 'sloop/shop/sprint-1:a.txt'), 'a');
    assert.throws(() => team.git('show', 'sloop/shop/project:a.txt'));
    for (const status of ['review', 'rejected', 'in_progress', 'review', 'complete'] as const)
      await team.host.run('sprint.transition', { sprint, status });
    await team.until(async () => (await team.merges()).at(-1)?.status === 'merged', 'the sprint is merged');
    assert.equal(team.git('show', 'sloop/shop/project:a.txt'), 'a');
    const { ranges } = await team.host.run('worktree.diffOf', { sprint });
    assert.equal(team.git('diff', '--name-only', `${ranges[0]?.base}...${ranges[0]?.head}`), 'a.txt');
  });

  it('in mode partial a person lets a sprint into the project’s branch', async () => {
    await team.host.run('project.update', { project: 'shop', mode: 'partial' });
    const { id: sprint } = await team.host.run('sprint.create', { title: 'One', project: 'shop' });
    for (const status of ['approved', 'in_progress'] as const)
      await team.host.run('sprint.transition', { sprint, status });
    const todo = await team.todo('Add a', { sprint });
    await team.perform(todo, { 'a.txt': 'a\n' });
    await team.untilTodo(todo, 'completed');
    for (const status of ['review', 'complete'] as const)
      await team.host.run('sprint.transition', { sprint, status });
    const entry = (await team.merges()).at(-1);
    assert.equal(entry?.status, 'waiting_approval');
    await team.host.run('merge.approve', { merges: [entry.id] });
    await team.untilMerge(entry.id, 'merged');
    assert.equal((await team.merges()).at(-1)?.approvedBy, 'person');
  });

  it('the main branch is reached by approval alone, and never while it is checked out', async () => {
    await team.host.run('project.update', { project: 'shop', mergeRequiresApproval: true });
    const todo = await team.todo('Add a');
    await team.perform(todo, { 'a.txt': 'a\n' });
    await team.untilTodo(todo, 'completed');
    const { name } = await team.begin(await team.todo('Another'));
    const asked = await team.host.as(callerOf(await team.agent(name)), 'merge.request', {});
    assert.ok(asked.ok);
    assert.equal(asked.value.merges[0]?.status, 'waiting_approval');
    const id = asked.value.merges[0]?.id ?? '';
    const before = team.world.look(team.workspace);
    await team.host.run('merge.approve', { merges: [id as never] });
    await team.until(async () => {
      const entry = (await team.merges()).find((one) => one.id === id);
      return entry?.status === 'queued' && /is checked out in .*git merge/.test(entry.reason ?? '');
    }, 'it says what it waits for');
    assert.deepEqual(team.world.look(team.workspace), before);
    // The person does as told; it is noticed at the next look.
    team.git('merge', '--quiet', 'sloop/shop/project');
    team.timers.fire();
    await team.untilMerge(id, 'merged');
  });

  it('what set-up brings is there and is never merged; a command prepares each new worktree', async () => {
    team.world.write(team.workspace, { '.env': 'KEY=secret', 'node_modules/pad/i.js': 'pad' });
    await team.host.run('repository.register', {
      path: team.workspace,
      copyFiles: ['.env'],
      linkFolders: ['node_modules'],
      setUpCommand: [process.execPath, '-e', 'fs.appendFileSync("ready.txt", "x"); console.log("prepared")'],
    });
    const todo = await team.todo('Add a');
    const { name, folder } = await team.begin(todo);
    assert.equal(readFileSync(path.join(folder, '.env'), 'utf8'), 'KEY=secret');
    assert.ok(lstatSync(path.join(folder, 'node_modules')).isSymbolicLink());
    assert.equal(readFileSync(path.join(folder, 'ready.txt'), 'utf8'), 'x');
    const log = await team.host.run('agent.log', { agent: name });
    assert.match(JSON.stringify(log), /prepared/);
    team.world.write(folder, { 'a.txt': 'a\n' });
    await team.report(name);
    await team.exit(name);
    await team.untilTodo(todo, 'completed');
    const files = team.git('ls-tree', '-r', '--name-only', 'sloop/shop/project').split('\n');
    assert.deepEqual(files, ['.gitignore', 'README.md', 'a.txt', 'ready.txt']);
    await team.untilWorktree(name, 'removed');
    assert.ok(
      existsSync(path.join(team.workspace, 'node_modules/pad/i.js')),
      'the link went, not what it led to',
    );
  });

  it('a secret that an agent forced into a commit is not merged', async () => {
    team.world.write(team.workspace, { '.env': 'KEY=secret' });
    await team.host.run('repository.register', { path: team.workspace, copyFiles: ['.env'] });
    const todo = await team.todo('Add a');
    const { name, folder } = await team.begin(todo);
    team.world.run(folder, 'add', '--force', '.env');
    team.world.run(folder, 'commit', '--quiet', '-m', 'Oops');
    team.world.run(folder, 'rm', '--quiet', '.env');
    team.world.run(folder, 'commit', '--quiet', '-m', 'Gone, but in the history');
    await team.report(name);
    await team.exit(name);
    const id = (await team.merges())[0]?.id ?? '';
    await team.untilMerge(id, 'failed');
    assert.match((await team.merges())[0]?.reason ?? '', /\.env.*not to be shared/);
    assert.match((await team.agent(name)).attention ?? '', /sloop merge retry/);
    assert.equal(team.git('log', '--format=%H', 'sloop/shop/project', '--', '.env'), '');
  });

  it('a set-up command that fails ends the agent before it began, and says why', async () => {
    const fails = [process.execPath, '-e', 'console.error("no network"); process.exit(1)'];
    await team.host.run('repository.register', { path: team.workspace, setUpCommand: fails });
    const todo = await team.todo('Add a');
    const { name } = await team.host.run('agent.start', {
      role: 'coder',
      todo: todo,
      worktree: true,
    });
    await team.until(async () => (await team.agent(name)).status === 'crashed', 'it is crashed');
    const agent = await team.agent(name);
    assert.equal(agent.startRefused, true);
    assert.match(agent.attention ?? '', /set-up command .* ended with exit code 1/);
    assert.match(JSON.stringify(await team.host.run('agent.log', { agent: name })), /no network/);
    assert.equal(await team.launchState(name), 'withdrawn');
    assert.equal(await team.status(todo), 'pending');
    await team.untilWorktree(name, 'removed');
  });

  it('a host that ends in the middle of a set-up leaves it to the next one', async () => {
    const flag = path.join(team.world.root, 'ran');
    const code = `fs.appendFileSync(${JSON.stringify(flag)}, 'x'); if (fs.readFileSync(${JSON.stringify(flag)}).length < 2) setInterval(() => {}, 1000)`;
    await team.host.run('repository.register', {
      path: team.workspace,
      setUpCommand: [process.execPath, '-e', code],
    });
    const todo = await team.todo('Add a');
    const { name } = await team.host.run('agent.start', {
      role: 'coder',
      todo: todo,
      worktree: true,
    });
    await team.until(() => existsSync(flag), 'set-up is under way');
    await team.stopEngines();
    assert.deepEqual(
      [(await team.worktree(name)).status, await team.launchState(name)],
      ['requested', 'preparing'],
    );
    await team.startEngines();
    await team.claim(name);
    assert.equal(readFileSync(flag, 'utf8'), 'xx');
  });

  it('the next attempt goes on with the work of the one before, committed or not', async () => {
    const todo = await team.todo('Add a');
    const first = await team.begin(todo);
    team.world.commit(first.folder, { 'a.txt': 'half' }, 'Half');
    team.world.write(first.folder, { 'b.txt': 'not committed' });
    await team.stop(first.name);
    await team.untilWorktree(first.name, 'kept');
    assert.equal(await team.status(todo), 'pending');
    const second = await team.begin(todo);
    assert.equal(second.folder, first.folder);
    assert.ok(existsSync(path.join(second.folder, 'b.txt')));
    const row = await team.worktree(second.name);
    assert.deepEqual([row.agentName, row.branch], [second.name, `sloop/shop/todo-${todo}`]);
    await team.report(second.name);
    await team.exit(second.name);
    await team.untilTodo(todo, 'completed');
    assert.equal(team.git('show', 'sloop/shop/project:b.txt'), 'not committed');
  });

  it('an agent that goes on has its worktree again, also after it was merged and removed', async () => {
    const todo = await team.todo('Add a');
    const { name, folder } = await team.perform(todo, { 'a.txt': 'a\n' });
    await team.untilTodo(todo, 'completed');
    await team.untilWorktree(name, 'removed');
    await team.host.tables(({ agent }) => {
      const row = agent.findByName(name);
      if (row !== undefined) agent.update({ ...row, providerSessionId: 'session' });
    });
    await team.host.run('agent.resume', { agent: name });
    assert.equal(await team.claim(name), folder);
    assert.ok(existsSync(path.join(folder, 'a.txt')), 'it begins where the project stands');
  });

  it('several repositories: one worktree each, all merged before the todo is completed', async () => {
    const other = team.world.repository('lib', { 'lib.txt': 'lib\n' });
    await team.host.run('repository.register', { path: team.workspace });
    await team.host.run('repository.register', { path: other });
    await team.host.run('project.update', { project: 'shop', repositories: ['shop', 'lib'] });
    const todo = await team.todo('Change both');
    const { name, folder } = await team.begin(todo);
    assert.equal(folder, path.join(team.world.own, name));
    team.world.write(folder, { 'shop/a.txt': 'a\n', 'lib/b.txt': 'b\n' });
    await team.report(name);
    await team.exit(name);
    await team.untilTodo(todo, 'completed');
    assert.equal((await team.merges()).length, 2);
    assert.equal(team.git('show', 'sloop/shop/project:a.txt'), 'a');
    assert.equal(team.world.run(other, 'show', 'sloop/shop/project:b.txt'), 'b');
    await team.until(() => !existsSync(folder), 'the folder of both is gone');
  });

  it('a repository that is known by its address is cloned first, with its own main branch', async () => {
    const origin = team.world.repository('far', { 'far.txt': 'far\n' });
    team.world.run(origin, 'branch', '-m', 'trunk');
    await team.host.run('repository.register', { url: `file://${origin}`, name: 'far' });
    await team.host.run('project.update', { project: 'shop', repositories: ['far'] });
    const todo = await team.todo('Change it');
    const { folder } = await team.begin(todo);
    assert.equal(readFileSync(path.join(folder, 'far.txt'), 'utf8'), 'far\n');
    const row = await team.host.run('repository.show', { repository: 'far' });
    assert.equal(row.defaultBranch, 'trunk');
    assert.ok(row.path?.startsWith(path.join(team.world.root, 'clones')) && row.lastFetchedAt !== null);
  });

  it('a fetch that fails is a note; work begins at what is here', async () => {
    team.git('remote', 'add', 'origin', path.join(team.world.root, 'nowhere'));
    const { name } = await team.begin(await team.todo('Add a'));
    assert.match(JSON.stringify(await team.host.run('agent.log', { agent: name })), /could not be fetched/);
  });

  it('without git an agent works in the workspace folder, and its output says so', async () => {
    rmSync(path.join(team.workspace, '.git'), { recursive: true });
    const { name, folder } = await team.begin(await team.todo('Add a'));
    assert.equal(folder, team.workspace);
    assert.match(JSON.stringify(await team.host.run('agent.log', { agent: name })), /no git repository/);
  });

  it('worktrees are removed on request, and nothing with work in it without force', async () => {
    const todo = await team.todo('Add a');
    const { name, folder } = await team.begin(todo);
    team.world.commit(folder, { 'a.txt': 'a' }, 'Work');
    team.world.write(folder, { 'b.txt': 'b' });
    const { id } = await team.worktree(name);
    const remove = (more: object = {}) =>
      team.host.as(team.host.person, 'worktree.remove', { worktrees: [id], ...more });
    assert.match(refusalOf(await remove({ force: true })).message, /works in/);
    await team.stop(name);
    await team.until(async () => (await team.worktree(name)).checkedAt !== null, 'it was looked at');
    const seen = await team.worktree(name);
    assert.deepEqual([seen.status, seen.uncommitted, seen.unmerged], ['kept', 1, 1]);
    assert.ok((seen.sizeBytes ?? 0) > 0);
    assert.match(refusalOf(await remove()).message, /1 files .*1 commits/);
    assert.ok((await remove({ dryRun: true, force: true })).ok && existsSync(folder));
    assert.ok((await remove({ force: true })).ok);
    await team.untilWorktree(name, 'removed');
    assert.ok(!existsSync(folder));
    assert.equal(team.git('show', `sloop/shop/todo-${todo}:a.txt`), 'a', 'its unmerged commits stay');
  });

  it('what changed between the decision and the removal is kept', async () => {
    const todo = await team.todo('Add a');
    const { name, folder } = await team.begin(todo);
    await team.stop(name);
    await team.until(async () => (await team.worktree(name)).checkedAt !== null, 'it was looked at');
    await team.stopEngines();
    const { id } = await team.worktree(name);
    assert.ok((await team.host.as(team.host.person, 'worktree.remove', { worktrees: [id] })).ok);
    team.world.write(folder, { 'late.txt': 'late' });
    await team.startEngines();
    await team.untilWorktree(name, 'kept');
    assert.ok(existsSync(path.join(folder, 'late.txt')));
  });

  it('orphans are found, shown with their size, adopted or removed; what is no worktree is left alone', async () => {
    const orphan = path.join(team.world.own, 'lost-lamb');
    team.git('worktree', 'add', '--quiet', '-b', 'sloop/shop/todo-old', orphan);
    team.world.commit(orphan, { 'found.txt': 'found' }, 'Work of before');
    mkdirSync(path.join(team.world.own, 'not-a-worktree'));
    await team.host.run('worktree.scan', {});
    const rows = () => team.host.tables(({ worktree }) => worktree.all({ status: 'orphan' }));
    await team.until(
      async () => (await rows()).length === 2 && (await rows()).every(({ checkedAt }) => checkedAt !== null),
      'both are found and looked at',
    );
    const [lamb] = (await rows()).filter(({ path: at }) => at === orphan);
    const [other] = (await rows()).filter(({ path: at }) => at !== orphan);
    assert.ok(lamb !== undefined && other !== undefined);
    assert.deepEqual([lamb.branch, lamb.unmerged], ['sloop/shop/todo-old', 1]);
    const remove = { worktrees: [other.id], force: true };
    assert.match(refusalOf(await team.host.as(team.host.person, 'worktree.remove', remove)).next, /yourself/);
    const todo = await team.todo('Go on with it');
    await team.host.run('worktree.adopt', { worktree: lamb.id, todo: todo });
    const { name, folder } = await team.begin(todo);
    assert.equal(folder, orphan);
    await team.report(name);
    await team.exit(name);
    await team.untilTodo(todo, 'completed');
    assert.equal(team.git('show', 'sloop/shop/project:found.txt'), 'found');
  });

  it('a folder that was deleted by hand is noticed, and its branch is not lost', async () => {
    const todo = await team.todo('Add a');
    const { name, folder } = await team.begin(todo);
    team.world.commit(folder, { 'a.txt': 'a' }, 'Work');
    renameSync(folder, path.join(team.world.root, 'somewhere'));
    await team.stop(name);
    await team.until(async () => (await team.worktree(name)).checkedAt !== null, 'it was looked at');
    assert.match((await team.worktree(name)).reason ?? '', /folder is gone/);
    const again = await team.begin(todo);
    assert.ok(existsSync(path.join(again.folder, 'a.txt')));
  });
});
