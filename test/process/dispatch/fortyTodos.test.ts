import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, it } from 'mocha';
import type { SprintId } from '../../../src/domain/ids.ts';
import { ManyTodos } from './manyTodos.ts';

const todos = 40;
const agents = 10;

describe('forty todos that depend on each other, done by ten agents in worktrees', function () {
  this.timeout(900_000);
  let world: ManyTodos;
  afterEach(() => world.close());

  /** Every fault that keeps dispatch from going on is one that the person is told of. */
  async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const { host } = world;
    await host.until(async () => {
      const { items } = await host.run('message.inbox', {});
      assert.deepEqual(items, [], `a person is needed before ${what}`);
      return holds();
    }, what);
  }

  const merged = async () =>
    (await world.host.run('merge.list', { status: ['merged'], limit: 200 })).items.filter(
      ({ level }) => level === 'todo',
    ).length;

  it('end merged and green with nobody’s help, also when the host is killed three times', async () => {
    world = new ManyTodos(agents);
    const before = { head: world.git('rev-parse', 'HEAD'), branch: world.git('branch', '--show-current') };
    await world.host.start();
    const sprint = await world.plan(todos);
    await world.host.run('dispatch.start', { project: 'parts' });
    for (const point of [5, 15, 28]) {
      await until(async () => (await merged()) >= point, `${point} are merged`);
      await world.host.kill();
      await world.host.start();
    }
    await checkEnd(sprint);
    assert.equal(world.git('rev-parse', 'HEAD'), before.head);
    assert.equal(world.git('branch', '--show-current'), before.branch);
    assert.equal(world.git('status', '--porcelain'), '');
  });

  async function checkEnd(sprint: SprintId): Promise<void> {
    const { host } = world;
    await until(
      async () => (await host.run('sprint.show', { sprint })).status === 'complete',
      'the sprint is complete',
    );
    await until(
      async () =>
        (await host.run('merge.list', { limit: 200 })).items.every(({ status }) => status === 'merged'),
      'all is merged',
    );
    const { items } = await host.run('todo.list', { project: 'parts', all: true, limit: 200 });
    assert.deepEqual([...new Set(items.map(({ status }) => status))], ['completed']);
    // The first parts changed the same lines: agents resolved that too.
    assert.ok(items.length > todos, 'nothing came into conflict');
    // Nothing was done twice: each part had one agent, started once, however often the host went away. What came
    // into conflict a second time was resolved a second time.
    const list = await host.run('agent.list', { all: true, limit: 500 });
    const shown = await Promise.all(list.items.map(({ name }) => host.run('agent.show', { agent: name })));
    const parts = new Set(items.filter(({ title }) => title.startsWith('Part ')).map(({ id }) => id));
    assert.equal(parts.size, todos);
    const ofParts = shown.filter(({ todoId }) => todoId !== null && parts.has(todoId));
    assert.equal(new Set(ofParts.map(({ todoId }) => todoId)).size, todos);
    assert.equal(ofParts.length, todos);
    assert.deepEqual(
      [...new Set(shown.map(({ status, sessionNumber }) => `${status} ${sessionNumber}`))],
      ['idle 1'],
    );
    checkBranch('sloop/parts/project');
    await until(() => leftovers().length === 0, 'nothing is left of the worktrees');
    assert.deepEqual(
      world
        .git('branch', '--format=%(refname:short)')
        .split('\n')
        .filter((name) => name.includes('todo-')),
      [],
    );
  }

  const leftovers = (): readonly string[] =>
    existsSync(world.worktrees)
      ? readdirSync(world.worktrees, { recursive: true, encoding: 'utf8' }).filter((name) =>
          existsSync(path.join(world.worktrees, name, '.git')),
        )
      : [];

  /** The branch has every part and every line of the shared list, and its own tests pass. */
  function checkBranch(branch: string): void {
    assert.equal(world.check(branch), `${todos} parts are right`);
    const listed = world
      .git('show', `${branch}:parts.txt`)
      .split('\n')
      .filter((line) => /^part/.test(line));
    assert.deepEqual(
      listed.toSorted(),
      [1, 2, 3, 10, 20, 30, 40].map((number) => `part ${number}`).toSorted(),
    );
  }
});
