import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Merge } from '../../../src/domain/merge/merge.ts';
import { GitTeam } from '../../support/gitTeam.ts';
import { refusalOf } from '../../support/testHost.ts';

const project = 'sloop/shop/project';

describe('the merge queue', function () {
  this.timeout(90_000);
  let team: GitTeam;
  beforeEach(async () => {
    team = await GitTeam.open({ 'README.md': 'one\ntwo\nthree\n' });
  });
  afterEach(() => team.dispose());

  const entryOf = async (todo: string): Promise<Merge> => {
    const found = (await team.merges()).find(({ todoId }) => todoId === todo);
    assert.ok(found);
    return found;
  };

  /** Two agents change the same line at the same time; the second comes into conflict. */
  async function intoConflict(more: object = {}) {
    const [first, second] = [await team.todo('First', more), await team.todo('Second', more)];
    const [one, two] = [await team.begin(first), await team.begin(second)];
    team.world.write(one.folder, { 'README.md': 'ONE\ntwo\nthree\n' });
    team.world.write(two.folder, { 'README.md': 'uno\ntwo\nthree\n', 'b.txt': 'b\n' });
    await team.report(one.name);
    await team.exit(one.name);
    await team.untilTodo(first, 'completed');
    await team.report(two.name);
    await team.exit(two.name);
    const { id } = await entryOf(second);
    await team.untilMerge(id, 'conflict');
    const entry = await entryOf(second);
    assert.ok(entry.conflictTodoId !== null);
    return { second, two, entry, resolving: entry.conflictTodoId };
  }

  async function resolve(resolving: string, content: string) {
    const begun = await team.begin(resolving);
    assert.throws(() => team.world.run(begun.folder, 'merge', project));
    team.world.write(begun.folder, { 'README.md': content });
    team.world.run(begun.folder, 'add', '--all');
    team.world.run(begun.folder, 'commit', '--quiet', '--no-edit');
    await team.report(begun.name, 'Both are in.');
    await team.exit(begun.name);
    return begun;
  }

  it('a conflict is told with its files and becomes a todo; nothing else is touched', async () => {
    const before = team.world.look(team.workspace);
    const { second, entry, resolving } = await intoConflict();
    assert.deepEqual(entry.files, ['README.md']);
    assert.equal(await team.status(second), 'in_progress');
    const todo = await team.host.run('todo.show', { todo: resolving });
    assert.deepEqual(
      [todo.category, todo.priority, todo.status, todo.projectId],
      ['merge', 'high', 'pending', entry.projectId],
    );
    assert.match(todo.description, /README\.md[^]*git merge sloop\/shop\/project/);
    assert.equal(team.git('show', `${project}:README.md`), 'ONE\ntwo\nthree');
    assert.deepEqual(team.world.look(team.workspace), before);
  });

  it('an agent resolves it in the very worktree and branch of the work; then both todos are done', async () => {
    const { second, two, entry, resolving } = await intoConflict();
    const begun = await resolve(resolving, 'ONE uno\ntwo\nthree\n');
    assert.equal(begun.folder, two.folder);
    await team.untilTodo(resolving, 'completed');
    assert.equal(await team.status(second), 'completed');
    assert.equal((await team.host.run('todo.show', { todo: second })).completedBy, two.name);
    assert.equal((await team.host.run('todo.show', { todo: resolving })).completedBy, begun.name);
    assert.equal(team.git('show', `${project}:README.md`), 'ONE uno\ntwo\nthree');
    assert.equal(team.git('show', `${project}:b.txt`), 'b');
    assert.equal((await team.merges()).filter(({ id }) => id === entry.id).length, 1);
    await team.untilWorktree(begun.name, 'removed');
    assert.equal(team.git('branch', '--list', entry.source), '');
  });

  it('a second conflict of the same entry reopens its todo and makes no other', async () => {
    const { entry, resolving } = await intoConflict();
    const begun = await team.begin(resolving);
    assert.throws(() => team.world.run(begun.folder, 'merge', project));
    team.world.write(begun.folder, { 'README.md': 'ONE uno\ntwo\nthree\n' });
    team.world.run(begun.folder, 'commit', '--quiet', '--all', '--no-edit');
    // Meanwhile somebody else changes that line once more.
    const third = await team.todo('Third');
    await team.perform(third, { 'README.md': 'EINS\ntwo\nthree\n' });
    await team.untilTodo(third, 'completed');
    await team.report(begun.name);
    await team.exit(begun.name);
    await team.until(
      async () => (await team.status(resolving)) === 'pending' && (await team.status(third)) === 'completed',
      'it is open again',
    );
    await team.untilMerge(entry.id, 'conflict');
    const merging = await team.host.run('todo.list', { project: 'shop', category: ['merge'], all: true });
    assert.equal(merging.items.length, 1);
    await resolve(resolving, 'EINS uno\ntwo\nthree\n');
    await team.untilTodo(resolving, 'completed');
  });

  it('one who gives up leaves the entry in conflict and its todo open', async () => {
    const { entry, resolving } = await intoConflict();
    const begun = await team.begin(resolving);
    await team.stop(begun.name);
    await team.untilTodo(resolving, 'pending');
    assert.equal((await team.merges()).find(({ id }) => id === entry.id)?.status, 'conflict');
    await resolve(resolving, 'ONE uno\ntwo\nthree\n');
    await team.untilTodo(resolving, 'completed');
  });

  it('what a person merged by hand is noticed, conflict or not', async () => {
    const { second, entry, resolving } = await intoConflict();
    const mine = path.join(team.world.root, 'mine');
    team.git('worktree', 'add', '--quiet', mine, project);
    assert.throws(() => team.world.run(mine, 'merge', entry.source));
    team.world.write(mine, { 'README.md': 'by hand\n' });
    team.world.run(mine, 'commit', '--quiet', '--all', '--no-edit');
    team.timers.fire();
    await team.untilTodo(second, 'completed');
    assert.equal(await team.status(resolving), 'completed');
    assert.match((await team.merges()).find(({ id }) => id === entry.id)?.reason ?? '', /by hand/);
  });

  it('a conflict of a sprint with its project is resolved on the sprint’s branch, which stays', async () => {
    const { id: sprint } = await team.host.run('sprint.create', { title: 'One', project: 'shop' });
    await team.host.run('sprint.transition', { sprint, status: 'in_progress' });
    const inside = await team.todo('Inside', { sprint });
    await team.perform(inside, { 'README.md': 'sprint\ntwo\nthree\n' });
    await team.untilTodo(inside, 'completed');
    const beside = await team.todo('Beside');
    await team.perform(beside, { 'README.md': 'project\ntwo\nthree\n' });
    await team.untilTodo(beside, 'completed');
    for (const status of ['review', 'complete'] as const)
      await team.host.run('sprint.transition', { sprint, status });
    const last = async () => (await team.merges()).at(-1);
    await team.until(async () => (await last())?.status === 'conflict', 'it is in conflict');
    const resolving = (await last())?.conflictTodoId ?? '';
    assert.equal((await team.host.run('todo.show', { todo: resolving })).sprintId, null);
    const { name } = await resolve(resolving, 'both\ntwo\nthree\n');
    await team.untilTodo(resolving, 'completed');
    await team.untilWorktree(name, 'removed');
    assert.equal(team.git('show', `${project}:README.md`), 'both\ntwo\nthree');
    assert.notEqual(team.git('branch', '--list', 'sloop/shop/sprint-1'), '');
  });

  it('work without changes is recorded as merged, with a note', async () => {
    const todo = await team.todo('Look only');
    await team.perform(todo, {});
    await team.untilTodo(todo, 'completed');
    assert.match((await entryOf(todo)).reason ?? '', /nothing to merge/);
  });

  it('nothing is merged while its agent lives, and reporting twice queues it once', async () => {
    const todo = await team.todo('Add a');
    const { name, folder } = await team.begin(todo);
    team.world.write(folder, { 'a.txt': 'half' });
    await team.report(name);
    await team.host.run('merge.retry', { merges: [(await entryOf(todo)).id] });
    team.world.write(folder, { 'a.txt': 'whole' });
    await team.report(name, 'Now it is.');
    assert.equal((await team.merges()).length, 1);
    assert.equal(team.git('log', '--oneline', '--all').split('\n').length, 1, 'nothing was committed yet');
    await team.exit(name);
    await team.untilTodo(todo, 'completed');
    assert.equal(team.git('show', `${project}:a.txt`), 'whole');
  });

  it('uncommitted work is left to the agent where the person has set it so', async () => {
    await team.stopEngines();
    await team.startEngines(false);
    const todo = await team.todo('Add a');
    const { folder, name } = await team.perform(todo, { 'a.txt': 'a\n' });
    const { id } = await entryOf(todo);
    await team.untilMerge(id, 'failed');
    assert.match((await entryOf(todo)).reason ?? '', /uncommitted changes .* retry/);
    assert.equal(await team.status(todo), 'in_progress');
    team.world.commit(folder, {}, 'By hand');
    await team.host.run('merge.retry', { merges: [id] });
    await team.untilTodo(todo, 'completed');
    await team.untilWorktree(name, 'removed');
  });

  it('a cancelled merge gives its todo back and keeps the work', async () => {
    const { second, two, entry, resolving } = await intoConflict();
    await team.host.run('merge.cancel', { merges: [entry.id] });
    assert.deepEqual([await team.status(second), await team.status(resolving)], ['pending', 'cancelled']);
    assert.ok(existsSync(path.join(two.folder, 'b.txt')));
    const again = await team.begin(second);
    assert.equal(readFileSync(path.join(again.folder, 'b.txt'), 'utf8'), 'b\n');
  });

  it('the work of an agent without a todo is merged too, into its project’s branch', async () => {
    const { name, folder } = await team.begin(null);
    assert.equal(team.world.run(folder, 'rev-parse', '--abbrev-ref', 'HEAD'), `sloop/agent/${name}`);
    team.world.write(folder, { 'a.txt': 'a\n' });
    await team.report(name, 'Did as told.');
    await team.exit(name);
    await team.until(async () => (await team.merges())[0]?.status === 'merged', 'it is merged');
    assert.equal(team.git('show', `${project}:a.txt`), 'a');
    assert.match(team.git('log', '-1', '--format=%B', project), /work of .*\n\nDid as told\./);
    const { ranges } = await team.host.run('worktree.diffOf', { agent: name });
    assert.equal(team.git('diff', '--name-only', `${ranges[0]?.base}...${ranges[0]?.head}`), 'a.txt');
  });

  it('where the project’s branch is the main one, work waits for approval if the project asks for it', async () => {
    await team.host.tables(({ project: table }) => {
      const found = table.findBySlug('shop');
      if (found !== undefined) table.update({ ...found, branch: 'main', mergeRequiresApproval: true });
    });
    team.git('checkout', '--quiet', '--detach');
    const todo = await team.todo('Add a');
    await team.perform(todo, { 'a.txt': 'a\n' });
    const { id, status, target } = await entryOf(todo);
    assert.deepEqual([status, target], ['waiting_approval', 'main']);
    await team.host.run('merge.approve', { merges: [id] });
    await team.untilTodo(todo, 'completed');
    assert.equal(team.git('show', 'main:a.txt'), 'a');
  });

  it('work without a project waits for approval; a todo that is cancelled takes its merge along', async () => {
    const { todos } = await team.host.run('todo.create', { title: 'Loose' });
    const loose = todos[0]?.id ?? ('' as never);
    const { name, folder } = await team.begin(loose);
    const { sessionId } = await team.agent(name);
    await team.host.tables(({ todo: table }) => {
      const found = table.find(loose);
      if (found !== undefined) table.update({ ...found, sessionId });
    });
    team.world.write(folder, { 'a.txt': 'a\n' });
    await team.report(name);
    await team.exit(name);
    assert.equal((await entryOf(loose)).status, 'waiting_approval');
    await team.host.run('todo.cancel', { todos: [loose] });
    assert.equal((await entryOf(loose)).status, 'cancelled');
  });

  it('a branch that was deleted outside is said, never fatal', async () => {
    const todo = await team.todo('Add a');
    const { name, folder } = await team.begin(todo);
    team.world.commit(folder, { 'a.txt': 'a' }, 'Work');
    await team.report(name);
    team.git('worktree', 'remove', '--force', folder);
    team.git('branch', '-D', `sloop/shop/todo-${todo}`);
    await team.exit(name);
    const { id } = await entryOf(todo);
    await team.untilMerge(id, 'failed');
    assert.match((await entryOf(todo)).reason ?? '', /is gone.*merge cancel/);
    const other = await team.todo('Another');
    await team.perform(other, { 'c.txt': 'c' });
    await team.untilTodo(other, 'completed');
  });

  for (const [what, trick] of [
    [
      'a link to the user’s checkout in the place of its folder',
      (folder: string) => {
        renameSync(folder, `${folder}-away`);
        symlinkSync(team.workspace, folder);
      },
    ],
    [
      'a .git that leads to the user’s own',
      (folder: string) => writeFileSync(path.join(folder, '.git'), `gitdir: ${team.workspace}/.git\n`),
    ],
    [
      'a .git that is gone, with a repository around Sloop’s folder',
      (folder: string) => {
        team.world.run(team.world.root, 'init', '--quiet');
        rmSync(path.join(folder, '.git'));
      },
    ],
  ] as const)
    it(`an agent that leaves ${what} harms nothing`, async () => {
      team.world.write(team.workspace, { 'mine.txt': 'not committed' });
      const before = team.world.look(team.workspace);
      const todo = await team.todo('Be nasty');
      const { name, folder } = await team.begin(todo);
      team.world.write(folder, { 'a.txt': 'a' });
      trick(folder);
      await team.report(name);
      await team.exit(name);
      const { id } = await entryOf(todo);
      await team.untilMerge(id, 'failed');
      assert.match((await entryOf(todo)).reason ?? '', /is no worktree of/);
      assert.deepEqual(team.world.look(team.workspace), before);
      await team.host.run('merge.cancel', { merges: [id] });
      await team.until(async () => (await team.worktree(name)).checkedAt !== null, 'it was looked at');
      const remove = { worktrees: [(await team.worktree(name)).id], force: true };
      assert.ok(!(await team.host.as(team.host.person, 'worktree.remove', remove)).ok);
      assert.deepEqual(team.world.look(team.workspace), before);
    });

  it('only what waits for approval is approved, and only a person may', async () => {
    const { entry } = await intoConflict();
    const merges = [entry.id];
    assert.equal(
      refusalOf(await team.host.as(team.host.person, 'merge.approve', { merges })).code,
      'conflict',
    );
    const { name } = await team.begin(await team.todo('Other'));
    const { callerOf } = await import('../../support/anAgent.ts');
    const agent = callerOf(await team.agent(name));
    assert.equal(refusalOf(await team.host.as(agent, 'merge.approve', { merges })).code, 'forbidden');
    assert.equal(refusalOf(await team.host.as(agent, 'merge.cancel', { merges })).code, 'forbidden');
  });

  it('ten at once: what is merged in turn loses nothing', async () => {
    const todos = await Promise.all(Array.from({ length: 10 }, (_, index) => team.todo(`Add ${index}`)));
    const begun = await Promise.all(todos.map((todo) => team.begin(todo)));
    for (const [index, { folder }] of begun.entries())
      team.world.write(folder, { [`${index}.txt`]: `${index}\n` });
    await Promise.all(begun.map(async ({ name }) => void (await team.report(name), await team.exit(name))));
    for (const todo of todos) await team.untilTodo(todo, 'completed');
    const files = team.git('ls-tree', '--name-only', project).split('\n');
    assert.equal(files.length, 11);
    for (const { name } of begun) await team.untilWorktree(name, 'removed');
    assert.equal(team.git('worktree', 'list').split('\n').length, 1);
    assert.deepEqual(team.git('branch', '--format=%(refname:short)').split('\n'), ['main', project]);
  });
});
