import assert from 'node:assert/strict';
import type { AgentId, ProjectId, SessionId, TodoId } from '../../../../src/domain/ids.ts';
import type { AgentCaller } from '../../../../src/domain/caller.ts';
import type { TodoStatus } from '../../../../src/domain/todo/todo.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

describe('moving todos', () => {
  let host: TestHost;
  let heron: AgentCaller;
  let otter: AgentCaller;
  let projectId: ProjectId;
  beforeEach(async () => {
    host = await createTestHost();
    projectId = (await host.run('project.create', { title: 'Lamp' })).id;
    const { id: sessionId } = await host.run('session.start', { title: 'Work' });
    heron = await start('calm-heron', 'agent0000001', sessionId);
    otter = await start('brave-otter', 'agent0000002', sessionId);
  });
  afterEach(() => host.dispose());

  async function start(name: string, id: string, sessionId: SessionId): Promise<AgentCaller> {
    const agent = anAgent({ sessionId, projectId, name, id: id as AgentId });
    await host.tables((tables) => tables.agent.insert(agent));
    return callerOf(agent);
  }
  const create = async (title = 'T', more: object = {}): Promise<TodoId> =>
    (await host.run('todo.create', { title, project: 'lamp', ...more })).todos[0]?.id as TodoId;
  const show = (todo: TodoId) => host.run('todo.show', { todo });

  const into: Readonly<Record<TodoStatus, (todo: TodoId) => Promise<unknown>>> = {
    pending_approval: (todo) =>
      host.tables((tables) => {
        const row = tables.todo.find(todo);
        assert.ok(row);
        tables.todo.update({ ...row, status: 'pending_approval' });
      }),
    pending: () => Promise.resolve(),
    in_progress: (todo) => host.run('todo.claim', { todo }),
    blocked: (todo) => host.run('todo.block', { todo, reason: 'no key' }),
    completed: (todo) => host.run('todo.complete', { todos: [todo] }),
    cancelled: (todo) => host.run('todo.cancel', { todos: [todo] }),
  };
  const moves = {
    claim: (todo: TodoId) => host.as(host.person, 'todo.claim', { todo }),
    release: (todo: TodoId) => host.as(host.person, 'todo.release', { todo }),
    complete: (todo: TodoId) => host.as(host.person, 'todo.complete', { todos: [todo] }),
    block: (todo: TodoId) => host.as(host.person, 'todo.block', { todo, reason: 'why' }),
    cancel: (todo: TodoId) => host.as(host.person, 'todo.cancel', { todos: [todo] }),
    reopen: (todo: TodoId) => host.as(host.person, 'todo.reopen', { todos: [todo] }),
    approve: (todo: TodoId) => host.as(host.person, 'todo.approve', { todos: [todo] }),
  };
  /** Which status each operation leads to from each; what is missing is refused. */
  const legal: Readonly<Record<keyof typeof moves, Partial<Record<TodoStatus, TodoStatus>>>> = {
    claim: { pending: 'in_progress' },
    release: { in_progress: 'pending' },
    complete: { pending: 'completed', in_progress: 'completed' },
    block: { pending: 'blocked', in_progress: 'blocked', blocked: 'blocked' },
    cancel: {
      pending_approval: 'cancelled',
      pending: 'cancelled',
      in_progress: 'cancelled',
      blocked: 'cancelled',
    },
    reopen: { blocked: 'pending', completed: 'pending', cancelled: 'pending' },
    approve: { pending_approval: 'pending' },
  };
  for (const move of Object.keys(moves) as (keyof typeof moves)[])
    for (const from of Object.keys(into) as TodoStatus[]) {
      const to = legal[move][from];
      it(`${move} ${to === undefined ? `is refused when ${from}` : `makes ${from} ${to}`}`, async () => {
        const todo = await create();
        await into[from](todo);
        const result = await moves[move](todo);
        assert.equal(result.ok, to !== undefined);
        assert.equal((await show(todo)).status, to ?? from);
        if (!result.ok) {
          assert.equal(result.refusal.code, 'conflict');
          assert.match(
            result.refusal.message,
            new RegExp(from === 'in_progress' ? 'claimed|in_progress' : from),
          );
        }
      });
    }

  it('stamps who completed it and when, and clears that on reopening', async () => {
    const todo = await create();
    await host.run('todo.complete', { todos: [todo], summary: 'Done so', actualHours: 2 });
    const done = await show(todo);
    assert.deepEqual(
      [done.completedBy, done.completionSummary, done.actualHours, done.completedAt],
      ['person', 'Done so', 2, host.clock.now()],
    );
    await host.run('todo.reopen', { todos: [todo] });
    const open = await show(todo);
    assert.deepEqual([open.completedBy, open.completedAt, open.assignee], [null, null, null]);
  });

  it('leaves a living agent’s claim to that agent and the person', async () => {
    const todo = await create();
    await host.as(heron, 'todo.claim', { todo });
    for (const attempt of [
      host.as(otter, 'todo.complete', { todos: [todo] }),
      host.as(otter, 'todo.release', { todo }),
      host.as(otter, 'todo.cancel', { todos: [todo] }),
      host.as(otter, 'todo.block', { todo, reason: 'mine' }),
    ]) {
      const refusal = refusalOf(await attempt);
      assert.match(refusal.message, /claimed by calm-heron/);
      assert.match(refusal.next, /ask --to calm-heron/);
    }
    await host.run('todo.release', { todo });
    await host.as(heron, 'todo.claim', { todo });
    await host.tables((tables) => {
      const agent = tables.agent.find(heron.agentId);
      assert.ok(agent);
      tables.agent.update({ ...agent, status: 'crashed' });
    });
    assert.ok((await host.as(otter, 'todo.release', { todo })).ok, 'a dead agent holds nothing');
  });

  it('keeps a person’s claim from agents', async () => {
    const todo = await create();
    await host.run('todo.claim', { todo });
    assert.match(
      refusalOf(await host.as(otter, 'todo.complete', { todos: [todo] })).message,
      /claimed by person/,
    );
  });

  it('gives agents no todo that is meant for a person', async () => {
    const todo = await create('Look at it', { gate: 'human-verify' });
    assert.equal(refusalOf(await host.as(heron, 'todo.claim', { todo })).code, 'forbidden');
    await host.run('todo.claim', { todo });
  });

  it('asks for approval of what agents suggest where the project or the todo says so', async () => {
    const made = async (caller: AgentCaller | typeof host.person, more: object = {}) => {
      const result = await host.as(caller, 'todo.create', { title: 'T', project: 'lamp', ...more });
      assert.ok(result.ok);
      return result.value.todos[0]?.status;
    };
    assert.equal(await made(heron), 'pending');
    assert.equal(await made(heron, { requiresApproval: true }), 'pending_approval');
    await host.run('project.update', { project: 'lamp', todosRequireApproval: true });
    assert.equal(await made(heron), 'pending_approval');
    assert.equal(await made(heron, { requiresApproval: false }), 'pending');
    assert.equal(await made(host.person), 'pending');
    const todo = await create();
    assert.equal(refusalOf(await host.as(heron, 'todo.approve', { todos: [todo] })).code, 'forbidden');
  });

  it('does all of a list or nothing of it', async () => {
    const [one, two] = [await create('one'), await create('two')];
    await host.run('todo.cancel', { todos: [two] });
    assert.equal(
      refusalOf(await host.as(host.person, 'todo.complete', { todos: [one, two] })).code,
      'conflict',
    );
    assert.equal((await show(one)).status, 'pending');
  });
});

describe('placing todos', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await createTestHost();
    await host.run('project.create', { title: 'Lamp' });
    await host.run('todo.create', {
      project: 'lamp',
      items: ['A', 'B', 'C', 'D'].map((title) => ({ title })),
    });
  });
  afterEach(() => host.dispose());

  const rows = async () => (await host.run('todo.list', { project: 'lamp', all: true })).items;
  const named = async (title: string): Promise<TodoId> => {
    const row = (await rows()).find((candidate) => candidate.title === title);
    assert.ok(row);
    return row.id;
  };
  const order = async () => (await rows()).map(({ title }) => title).join('');

  it('reorders among siblings', async () => {
    await host.run('todo.move', { todos: [await named('D'), await named('B')], before: await named('A') });
    assert.equal(await order(), 'DBAC');
    await host.run('todo.move', { todos: [await named('D')] });
    assert.equal(await order(), 'BACD');
  });

  it('moves a tree into a sprint with its parent, never into itself or another project', async () => {
    const [a, b, c] = [await named('A'), await named('B'), await named('C')];
    await host.run('todo.move', { todos: [b], parent: a });
    await host.run('todo.move', { todos: [c], parent: b });
    const refusal = refusalOf(await host.as(host.person, 'todo.move', { todos: [a], parent: c }));
    assert.match(refusal.message, /itself or lies below/);
    const sprint = await host.run('sprint.create', { title: 'One', project: 'lamp' });
    await host.run('todo.move', { todos: [a], sprint: sprint.id });
    assert.deepEqual(
      (await host.run('todo.list', { sprint: sprint.id, project: 'lamp' })).items
        .map(({ title }) => title)
        .toSorted(),
      ['A', 'B', 'C'],
    );
    await host.run('project.create', { title: 'Desk' });
    const other = await host.run('sprint.create', { title: 'Other', project: 'desk' });
    assert.match(
      refusalOf(await host.as(host.person, 'todo.move', { todos: [a], sprint: other.id })).message,
      /another project/,
    );
    const wrong = { todos: [await named('D')], before: b };
    assert.equal(refusalOf(await host.as(host.person, 'todo.move', wrong)).code, 'invalid');
  });

  it('deletes a tree from a dry run that says the same', async () => {
    const [a, b, c] = [await named('A'), await named('B'), await named('C')];
    await host.run('todo.move', { todos: [b], parent: a });
    await host.run('todo.depend', { todo: c, on: b });
    const dry = await host.run('todo.delete', { todos: [a], dryRun: true });
    assert.equal((await rows()).length, 4);
    const done = await host.run('todo.delete', { todos: [a] });
    assert.deepEqual({ ...dry, dryRun: false }, done);
    assert.deepEqual([done.deleted.toSorted(), done.unblocked], [[a, b].toSorted(), [c]]);
    const { items } = await host.run('event.list', { operation: 'todo.delete' });
    assert.equal(items.filter(({ action }) => action === 'deleted').length, 2);
  });

  it('creates many with titles within bounds, or says what does not fit', async () => {
    const refused = async (input: object) => refusalOf(await host.as(host.person, 'todo.create', input));
    assert.match((await refused({})).message, /needs a title/);
    assert.equal((await refused({ title: 'x', items: [{ title: 'y' }] })).code, 'invalid');
    assert.match((await refused({ title: 'x'.repeat(201) })).message, /200 characters/);
    assert.match((await refused({ title: '  ' })).message, /must not be empty/);
    assert.match((await refused({ title: 'x', colour: 'red' })).message, /no field colour/);
    const many = Array.from({ length: 101 }, (_, index) => ({ title: `T${index}` }));
    assert.equal((await refused({ items: many })).code, 'invalid');
    assert.match(
      (
        await refused({
          items: [
            { title: 'a', ref: 'r' },
            { title: 'b', ref: 'r' },
          ],
        })
      ).message,
      /two items/i,
    );
    assert.match(
      (
        await refused({
          items: [
            { title: 'a', parent: 'later' },
            { title: 'b', ref: 'later' },
          ],
        })
      ).next,
      /before their children/,
    );
  });
});
