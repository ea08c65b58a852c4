import assert from 'node:assert/strict';
import { anAgentCaller, createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';
import type { TodoId } from '../../../../src/domain/ids.ts';

describe('todo dependencies', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await createTestHost();
  });
  afterEach(() => host.dispose());

  const create = async (title: string, dependsOn: TodoId[] = []): Promise<TodoId> => {
    const { todos } = await host.run('todo.create', { title, dependsOn });
    const [todo] = todos;
    assert.ok(todo);
    return todo.id;
  };
  const status = async (todo: TodoId) => (await host.run('todo.show', { todo })).status;

  it('block a todo until all it waits for are completed or cancelled', async () => {
    const [a, b] = [await create('a'), await create('b')];
    const c = await create('c', [a, b]);
    assert.equal(await status(c), 'blocked');
    await host.run('todo.complete', { todos: [a] });
    assert.equal(await status(c), 'blocked');
    await host.run('todo.cancel', { todos: [b] });
    assert.equal(await status(c), 'pending');
  });

  it('never strand a dependent when what it waits for is deleted', async () => {
    const a = await create('a');
    const b = await create('b', [a]);
    const { unblocked } = await host.run('todo.delete', { todos: [a] });
    assert.deepEqual(unblocked, [b]);
    assert.equal(await status(b), 'pending');
  });

  it('block again when what it waits for is reopened', async () => {
    const a = await create('a');
    const b = await create('b', [a]);
    await host.run('todo.complete', { todos: [a] });
    await host.run('todo.reopen', { todos: [a] });
    assert.equal(await status(b), 'blocked');
  });

  it('refuse a cycle and name it', async () => {
    const a = await create('a');
    const b = await create('b', [a]);
    const c = await create('c', [b]);
    const refusal = refusalOf(await host.as(host.person, 'todo.depend', { todo: a, on: c }));
    assert.equal(refusal.code, 'conflict');
    assert.match(refusal.message, new RegExp(`${a} waits for ${c} waits for ${b} waits for ${a}`));
  });

  it('leave a todo that is blocked by hand alone', async () => {
    const a = await create('a');
    const b = await create('b', [a]);
    await host.run('todo.block', { todo: b, reason: 'no access to the server' });
    await host.run('todo.complete', { todos: [a] });
    assert.equal(await status(b), 'blocked');
    await host.run('todo.reopen', { todos: [b] });
    assert.equal(await status(b), 'pending');
  });

  it('let one claimer only have a todo', async () => {
    const a = await create('a');
    await host.tables((tables) => {
      const row = tables.todo.find(a);
      assert.ok(row);
      tables.todo.update({ ...row, sessionId: null });
    });
    await host.run('todo.claim', { todo: a });
    const refusal = refusalOf(await host.as(host.person, 'todo.claim', { todo: a }));
    assert.equal(refusal.code, 'conflict');
    assert.match(refusal.message, /already claimed by person/);
  });

  it('hide todos of other projects and sessions from an agent', async () => {
    const a = await create('a');
    const refusal = refusalOf(await host.as(anAgentCaller(), 'todo.show', { todo: a }));
    assert.equal(refusal.code, 'missing');
  });

  it('search by words, titles first', async () => {
    await host.run('todo.create', { title: 'Other', description: 'mentions the cache layer' });
    const b = await create('Cache the layers');
    const found = await host.run('todo.search', { text: 'cache lay' });
    assert.deepEqual(
      found.items.map((item) => item.title),
      ['Cache the layers', 'Other'],
    );
    await host.run('todo.delete', { todos: [b] });
    assert.equal((await host.run('todo.search', { text: 'cache' })).items.length, 1);
  });

  it('create many with nesting and dependencies at once, or none', async () => {
    const { todos } = await host.run('todo.create', {
      items: [
        { ref: 'epic', title: 'Epic' },
        { ref: 'one', title: 'One', parent: 'epic' },
        { title: 'Two', parent: 'epic', dependsOn: ['one'] },
      ],
    });
    assert.deepEqual(
      todos.map(({ status }) => status),
      ['pending', 'pending', 'blocked'],
    );
    const refusal = refusalOf(
      await host.as(host.person, 'todo.create', {
        items: [{ title: 'x' }, { title: 'y', dependsOn: ['nope'] }],
      }),
    );
    assert.equal(refusal.code, 'invalid');
    assert.equal((await host.run('todo.list', {})).items.length, 3);
  });

  it('page without repeating or losing any', async () => {
    await host.run('todo.create', {
      items: Array.from({ length: 7 }, (_, index) => ({ title: `t${index}` })),
    });
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await host.run('todo.list', { limit: 3, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map((item) => item.title));
      assert.equal(page.more, 7 - seen.length);
      if (page.next === null) break;
      after = page.next;
    }
    assert.deepEqual(seen, ['t0', 't1', 't2', 't3', 't4', 't5', 't6']);
  });
});

describe('subtodos and dependencies', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await createTestHost();
  });
  afterEach(() => host.dispose());

  /** a; parent waits for a; child and grandchild lie below the parent. */
  const family = async () => {
    const { todos } = await host.run('todo.create', {
      items: [
        { ref: 'a', title: 'a' },
        { ref: 'parent', title: 'parent', dependsOn: ['a'] },
        { ref: 'child', title: 'child', parent: 'parent' },
        { title: 'grandchild', parent: 'child' },
      ],
    });
    const [a, parent, child, grandchild] = todos.map(({ id }) => id);
    assert.ok(a && parent && child && grandchild);
    return { a, parent, child, grandchild };
  };
  const statuses = async () => (await host.run('todo.list', { all: true })).items.map(({ status }) => status);

  it('wait together for what their parent waits for, and go on together', async () => {
    const { a } = await family();
    assert.deepEqual(await statuses(), ['pending', 'blocked', 'blocked', 'blocked']);
    await host.run('todo.complete', { todos: [a] });
    assert.deepEqual(await statuses(), ['completed', 'pending', 'pending', 'pending']);
    await host.run('todo.reopen', { todos: [a] });
    assert.deepEqual(await statuses(), ['pending', 'blocked', 'blocked', 'blocked']);
    await host.run('todo.delete', { todos: [a] });
    assert.deepEqual(await statuses(), ['pending', 'pending', 'pending']);
  });

  it('wait or not according to where they are moved', async () => {
    const { child } = await family();
    await host.run('todo.move', { todos: [child], parent: null });
    assert.deepEqual(await statuses(), ['pending', 'blocked', 'pending', 'pending']);
  });

  it('never wait for their own parent, nor it for them', async () => {
    const { parent, grandchild } = await family();
    for (const [todo, on] of [
      [parent, grandchild],
      [grandchild, parent],
    ] as const) {
      const refusal = refusalOf(await host.as(host.person, 'todo.depend', { todo, on }));
      assert.match(refusal.message, new RegExp(`^Todo ${grandchild} lies below ${parent}`));
    }
  });

  it('cannot be led back to themselves through a parent, by dependency or by move', async () => {
    const { a, child } = await family();
    assert.match(
      refusalOf(await host.as(host.person, 'todo.depend', { todo: a, on: child })).message,
      /That would be a cycle/,
    );
    const { todos } = await host.run('todo.create', { title: 'b' });
    const b = todos[0]?.id;
    assert.ok(b);
    await host.run('todo.depend', { todo: a, on: b });
    const { parent } = await family();
    await host.run('todo.depend', { todo: parent, on: a });
    assert.match(
      refusalOf(await host.as(host.person, 'todo.move', { todos: [b], parent })).message,
      /That would be a cycle/,
    );
  });
});
