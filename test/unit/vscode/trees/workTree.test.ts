import assert from 'node:assert/strict';
import type { Event } from '../../../../src/domain/event/event.ts';
import type { Client, InputOf, OperationId } from '../../../../src/operations/client.ts';
import { TreeModel, type TreeNode } from '../../../../src/vscode/trees/model/treeModel.ts';
import { lookOf } from '../../../../src/vscode/trees/looks/lookOf.ts';
import { FilterSource } from '../../../../src/vscode/trees/sources/filterSource.ts';
import { WorkSource } from '../../../../src/vscode/trees/sources/workSource.ts';
import { createTestHost, type TestHost } from '../../../support/testHost.ts';

interface World {
  readonly host: TestHost;
  readonly client: Client;
  readonly model: TreeModel;
  /** Operations that were called since the last look. */
  readonly calls: string[];
  readonly events: Event[];
  setCompleted(shown: boolean): void;
}

async function openWorld(): Promise<World> {
  const host = await createTestHost();
  const inner = host.executor.clientFor(host.person, 'view');
  const calls: string[] = [];
  const client: Client = {
    ...inner,
    execute: (id, input) => {
      calls.push(id);
      return inner.execute(id, input);
    },
  };
  const events: Event[] = [];
  inner.onDidChange((some) => events.push(...some));
  let completed = true;
  const model = new TreeModel(new WorkSource(client, () => completed));
  return { host, client, model, calls, events, setCompleted: (shown) => (completed = shown) };
}

const now = Date.parse('2026-01-05T12:00:00.000Z');
const line = ({ entity: { row } }: TreeNode) => {
  const { label, description } = lookOf(row, now);
  return description === '' ? label : `${label} (${description})`;
};

/** The whole tree as it lies open, indented. */
async function drawn(model: TreeModel, node: TreeNode | null = null, depth = 0): Promise<string[]> {
  const lines: string[] = [];
  for (const child of await model.children(node)) {
    assert.equal(model.parentOf(child)?.key, node?.key);
    lines.push('  '.repeat(depth) + line(child), ...(await drawn(model, child, depth + 1)));
  }
  return lines;
}

describe('the tree of projects', () => {
  let world: World;
  beforeEach(async () => (world = await openWorld()));
  afterEach(() => world.host.dispose());

  const run = <Id extends OperationId>(id: Id, input: InputOf<Id>) => world.host.run(id, input);
  const titled = async (noun: string, id: string): Promise<TreeNode> => {
    const found = await world.model.find(noun, id);
    assert.ok(found, `${noun} ${id} is in the tree`);
    return found.node;
  };
  /** Tells the model of all that was committed since, and says what it draws again. */
  async function follow(): Promise<string[] | null> {
    world.calls.length = 0;
    const redraw = await world.model.apply(world.events.splice(0));
    return redraw?.map(({ key }) => key) ?? null;
  }

  async function fill() {
    const project = await run('project.create', { title: 'Rate limiter' });
    const sprint = await run('sprint.create', { project: project.slug, title: 'Fairness' });
    const inSprint = await run('todo.create', {
      project: project.slug,
      sprint: sprint.id,
      items: [{ title: 'Window' }, { title: 'Retry-After' }],
    });
    const inBacklog = await run('todo.create', { project: project.slug, items: [{ title: 'Redis' }] });
    const [window, retry] = inSprint.todos;
    const [redis] = inBacklog.todos;
    assert.ok(window && retry && redis);
    const below = await run('todo.create', { title: 'Slices', parent: window.id });
    const [slices] = below.todos;
    assert.ok(slices);
    return { project, sprint, window, retry, redis, slices };
  }

  it('shows sprints with artifacts and todos, backlog and artifacts', async () => {
    const { project, sprint } = await fill();
    await run('artifact.create', { project: project.slug, title: 'Notes', type: 'document', content: 'x' });
    await run('artifact.create', {
      project: project.slug,
      sprint: sprint.id,
      title: 'Contract',
      type: 'document',
      content: 'x',
    });
    await run('artifact.create', {
      project: project.slug,
      title: 'Output',
      type: 'loop_output',
      content: 'x',
    });
    assert.deepEqual(await drawn(world.model), [
      'Rate limiter (idle)',
      '  Sprint 1: Fairness (planned, 0/3)',
      '    Contract (v1, draft)',
      '    Window (0/1)',
      '      Slices',
      '    Retry-After',
      '  Backlog (1)',
      '    Redis',
      '  Artifacts (2)',
      '    Notes (v1, draft)',
      '    Contract (v1, draft)',
    ]);
  });

  it('reads a changed todo alone, with those that count it', async () => {
    const { project, sprint, retry } = await fill();
    await drawn(world.model);
    world.events.length = 0;
    const node = await titled('todo', retry.id);
    await run('todo.update', { todo: retry.id, title: 'Retry after' });
    assert.deepEqual(await follow(), [`todo:${retry.id}`]);
    assert.equal(await titled('todo', retry.id), node, 'the row is the same object');
    assert.equal(line(node), 'Retry after');
    await run('todo.complete', { todos: [retry.id] });
    assert.deepEqual((await follow())?.toSorted(), [`sprint:${sprint.id}`, `todo:${retry.id}`]);
    assert.deepEqual([...new Set(world.calls)].toSorted(), ['sprint.rows', 'todo.rows']);
    assert.ok((await drawn(world.model)).includes('  Sprint 1: Fairness (planned, 1/3)'), project.slug);
  });

  it('lists again only the branches between which a todo moves', async () => {
    const { sprint, window, retry, redis, slices, project } = await fill();
    await drawn(world.model);
    world.events.length = 0;
    await run('todo.move', { todos: [redis.id], sprint: sprint.id, before: retry.id });
    const redrawn = await follow();
    assert.ok(redrawn?.includes(`sprint:${sprint.id}`));
    assert.ok(!redrawn?.includes(`todo:${window.id}`));
    assert.deepEqual(await drawn(world.model), [
      'Rate limiter (idle)',
      '  Sprint 1: Fairness (planned, 0/4)',
      '    Window (0/1)',
      '      Slices',
      '    Redis',
      '    Retry-After',
    ]);
    await run('todo.move', { todos: [slices.id], parent: redis.id });
    await follow();
    assert.deepEqual((await drawn(world.model)).slice(2), [
      '    Window',
      '    Redis (0/1)',
      '      Slices',
      '    Retry-After',
    ]);
    await run('todo.delete', { todos: [redis.id] });
    await follow();
    assert.deepEqual((await drawn(world.model)).slice(1), [
      '  Sprint 1: Fairness (planned, 0/2)',
      '    Window',
      '    Retry-After',
    ]);
    assert.equal(project.slug, 'rate-limiter');
  });

  it('sees what waits for fewer todos than before', async () => {
    const { window, retry, redis } = await fill();
    await run('todo.depend', { todo: retry.id, on: window.id });
    await run('todo.depend', { todo: retry.id, on: redis.id });
    assert.ok((await drawn(world.model)).includes('    Retry-After (waits for 2 todos)'));
    world.events.length = 0;
    await run('todo.complete', { todos: [redis.id] });
    assert.ok((await follow())?.includes(`todo:${retry.id}`));
    assert.ok((await drawn(world.model)).includes('    Retry-After (waits for 1 todo)'));
  });

  it('counts in rows whose children were never loaded', async () => {
    const { project, sprint, window } = await fill();
    const [top] = await world.model.children(null);
    assert.ok(top);
    await world.model.children(top);
    world.events.length = 0;
    await run('todo.complete', { todos: [window.id] });
    assert.deepEqual(await follow(), [`sprint:${sprint.id}`]);
    await run('todo.create', { project: project.slug, items: [{ title: 'Another' }] });
    assert.deepEqual(await follow(), [`backlog:${project.id}`]);
  });

  it('hides completed todos when told to, and shows them again when they are reopened', async () => {
    const { retry } = await fill();
    world.setCompleted(false);
    await drawn(world.model);
    world.events.length = 0;
    await run('todo.complete', { todos: [retry.id] });
    await follow();
    assert.ok(!(await drawn(world.model)).some((one) => one.includes('Retry-After')));
    assert.equal(await world.model.find('todo', retry.id), null);
    await run('todo.reopen', { todos: [retry.id] });
    await follow();
    assert.ok((await drawn(world.model)).includes('    Retry-After'));
  });

  it('pages past 200 siblings, keeps what was loaded, and finds what is beyond', async () => {
    const { project } = await fill();
    for (let part = 0; part < 5; part += 1)
      await run('todo.create', {
        project: project.slug,
        items: Array.from({ length: 90 }, (_, index) => ({ title: `Todo ${part * 90 + index}` })),
      });
    const backlog = await titled('backlog', project.id);
    const first = await world.model.children(backlog);
    assert.equal(first.length, 201);
    const more = first.at(-1);
    assert.ok(more);
    assert.equal(line(more), 'Load 200 more… (251 left)');
    assert.deepEqual(
      (await world.model.loadMore(more))?.map(({ key }) => key),
      [backlog.key],
    );
    const second = await world.model.children(backlog);
    assert.equal(second.length, 401);
    assert.deepEqual(second.slice(0, 200), first.slice(0, 200));
    const last = await run('todo.list', { project: project.slug, backlog: true, limit: 500 });
    const beyond = last.items.at(-1);
    assert.ok(beyond);
    const found = await titled('todo', beyond.id);
    assert.equal(world.model.parentOf(found), backlog);
    assert.equal((await world.model.children(backlog)).length, 402);
  });

  it('shows what belongs to no project in folders of its own', async () => {
    await run('todo.create', { items: [{ title: 'Loose' }] });
    assert.deepEqual(await drawn(world.model), ['Todos without a project (1)', '  Loose']);
  });

  it('shows a loop’s own sprint as soon as its plan has become todos', async () => {
    const { slug } = await run('project.create', { title: 'Rate limiter' });
    await run('sprint.create', { project: slug, title: 'Fairness' });
    const ofLoop = await run('sprint.create', { project: slug, title: 'Round 1' });
    await world.host.tables(({ sprint: sprints }) => {
      const row = sprints.find(ofLoop.id);
      if (row !== undefined) sprints.update({ ...row, origin: 'loop' });
    });
    assert.deepEqual(await drawn(world.model), ['Rate limiter (idle)', '  Sprint 1: Fairness (planned)']);
    world.events.splice(0);
    await run('todo.create', { project: slug, sprint: ofLoop.id, title: 'A step of the plan' });
    const [project] = await world.model.children(null);
    assert.deepEqual(await follow(), [project?.key]);
    assert.deepEqual(await drawn(world.model), [
      'Rate limiter (idle)',
      '  Sprint 1: Fairness (planned)',
      '  Sprint 2: Round 1 (planned, 0/1)',
      '    A step of the plan',
    ]);
  });

  it('filters todos of every depth into their sprints', async () => {
    const { slices, retry } = await fill();
    await run('todo.update', { todo: slices.id, priority: 'high' });
    await run('todo.update', { todo: retry.id, priority: 'high' });
    const shown = (criteria: ConstructorParameters<typeof FilterSource>[1]) =>
      drawn(new TreeModel(new FilterSource(world.client, criteria)));
    assert.deepEqual(await shown({ priority: ['high'] }), [
      'Rate limiter (idle)',
      '  Sprint 1: Fairness (2 found)',
      '    Retry-After (high)',
      '    Slices (high)',
    ]);
    assert.deepEqual(await shown({ priority: ['high'], text: 'sli' }), [
      'Rate limiter (idle)',
      '  Sprint 1: Fairness (1 found)',
      '    Slices (high)',
    ]);
    assert.deepEqual(await shown({ text: 'redis' }), ['Rate limiter (idle)', '  Backlog (1)', '    Redis']);
    assert.deepEqual(await shown({ assignee: 'nobody' }), []);
  });

  for (const lying of [[], ['Sprint 1: Fairness (planned)']])
    it(`draws the way to a row that is looked for before its change has come, beside ${lying.length} others`, async () => {
      const { slug } = await run('project.create', { title: 'Rate limiter' });
      if (lying.length > 0) await run('sprint.create', { project: slug, title: 'Fairness' });
      const [project] = await world.model.children(null);
      assert.ok(project);
      assert.deepEqual(await drawn(world.model, project), lying, 'the project lies open');
      world.events.splice(0);
      const { todos } = await run('todo.create', { project: slug, title: 'Pay by card works' });
      const found = await world.model.find('todo', todos[0]?.id ?? '');
      assert.ok(found?.redraw?.includes(project), 'the project has a backlog now');
      const whole = [...lying, 'Backlog (1)', '  Pay by card works'];
      assert.deepEqual(await drawn(world.model, project), whole);
      await world.model.apply(world.events);
      assert.deepEqual(await drawn(world.model, project), whole);
      await world.model.relist();
      assert.deepEqual(await drawn(world.model, project), whole);
    });
});
