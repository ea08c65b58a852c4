import assert from 'node:assert/strict';
import type { ProjectId, TodoId } from '../../../../src/domain/ids.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, type TestHost } from '../../../support/testHost.ts';

describe('events', () => {
  let host: TestHost;
  let todo: TodoId;
  let projectId: ProjectId;
  beforeEach(async () => {
    host = await createTestHost();
    projectId = (await host.run('project.create', { title: 'Lamp' })).id;
    todo = (await host.run('todo.create', { title: 'T', project: 'lamp' })).todos[0]?.id as TodoId;
  });
  afterEach(() => host.dispose());

  it('answer who changed this, when, from what to what, through which surface', async () => {
    const { id: sessionId } = await host.run('session.start', { title: 'Work' });
    const agent = anAgent({ sessionId, projectId });
    await host.tables((tables) => tables.agent.insert(agent));
    const time = host.clock.step(5000);
    await host.as(callerOf(agent), 'todo.claim', { todo });
    const { items } = await host.run('event.list', { entity: todo });
    const [claim, created] = items;
    assert.ok(claim && created && items.length === 2);
    assert.equal(created.action, 'created');
    assert.deepEqual(
      [claim.operation, claim.caller, claim.callerKind, claim.surface, claim.time, claim.action],
      ['todo.claim', 'calm-heron', 'agent', 'cli', time, 'updated'],
    );
    assert.deepEqual(
      [claim.from, claim.to],
      [
        { status: 'pending', assignee: null },
        { status: 'in_progress', assignee: 'calm-heron' },
      ],
    );
  });

  it('are filtered by noun, caller, operation, project and sequence', async () => {
    await host.run('project.create', { title: 'Desk' });
    await host.run('todo.complete', { todos: [todo] });
    const list = (input: object) => host.run('event.list', input).then(({ items }) => items);
    const all = await list({ newestFirst: false });
    assert.deepEqual(
      all.map(({ sequence }) => sequence),
      all.map((_, index) => index + 1),
    );
    assert.ok((await list({ noun: ['todo'] })).every(({ noun }) => noun === 'todo'));
    assert.deepEqual(
      (await list({ operation: 'todo.complete' })).map(({ entityId }) => entityId),
      [todo],
    );
    assert.equal((await list({ caller: 'nobody' })).length, 0);
    assert.ok((await list({ project: 'lamp' })).every((event) => event.projectId === projectId));
    const since = all.length - 2;
    assert.deepEqual(
      (await list({ since, newestFirst: false })).map(({ sequence }) => sequence),
      [since + 1, since + 2],
    );
    assert.equal((await list({}))[0]?.sequence, all.length);
  });

  it('page in both directions, also since a sequence', async () => {
    for (const newestFirst of [true, false]) {
      const whole = await host.run('event.list', { newestFirst, since: 1 });
      const paged: number[] = [];
      let after: string | undefined;
      do {
        const part = await host.run('event.list', { newestFirst, since: 1, limit: 2, after });
        paged.push(...part.items.map(({ sequence }) => sequence));
        assert.equal(part.more, whole.items.length - paged.length);
        after = part.next ?? undefined;
      } while (after !== undefined);
      assert.deepEqual(
        paged,
        whole.items.map(({ sequence }) => sequence),
      );
    }
  });

  it('are not written by reading, by refusals or by changes that change nothing', async () => {
    const count = async () => (await host.run('event.list', { limit: 500 })).items.length;
    const before = await count();
    await host.run('todo.show', { todo });
    await host.as(host.person, 'todo.release', { todo });
    await host.run('todo.update', { todo, title: 'T' });
    assert.equal(await count(), before);
  });
});
