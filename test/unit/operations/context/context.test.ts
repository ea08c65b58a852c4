import assert from 'node:assert/strict';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, type TestHost } from '../../../support/testHost.ts';

describe('context', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await createTestHost();
  });
  afterEach(() => host.dispose());

  it('tells an agent its project, sprint, todo with what was done before it, and what is new', async () => {
    const { id: projectId } = await host.run('project.create', { title: 'Lamp', description: 'A light' });
    const { id: sessionId } = await host.run('session.start', { title: 'Work', project: 'lamp' });
    const sprint = await host.run('sprint.create', { title: 'One', goal: 'It burns', project: 'lamp' });
    const { todos } = await host.run('todo.create', {
      sprint: sprint.id,
      items: [
        { title: 'Wick', ref: 'wick' },
        { title: 'Flame', ref: 'flame', dependsOn: ['wick'] },
        { title: 'Match', parent: 'flame' },
      ],
    });
    const [wick, flame] = todos;
    assert.ok(wick && flame);
    await host.run('todo.complete', { todos: [wick.id], summary: 'Cotton, 3 mm' });
    host.clock.step(1000);
    await host.run('artifact.create', { title: 'Plan', content: 'secret text', project: 'lamp' });
    const agent = anAgent({ sessionId, projectId, sprintId: sprint.id, todoId: flame.id });
    await host.tables((tables) => tables.agent.insert(agent));
    await host.run('message.ask', { to: agent.name, body: 'How long?' });
    await host.run('message.send', { to: agent.name, body: 'Mind the wind' });
    const result = await host.as(callerOf(agent), 'context', {});
    assert.ok(result.ok);
    const { value } = result;
    assert.deepEqual(value.you, { name: 'calm-heron', role: 'coder', access: 'full' });
    assert.equal(value.project?.description, 'A light');
    assert.equal(value.sprint?.goal, 'It burns');
    assert.deepEqual(
      value.sprints.items.map(({ title, progress }) => [title, progress]),
      [['One', { done: 1, all: 3 }]],
    );
    assert.deepEqual(
      value.todo?.before.map(({ title, completionSummary }) => [title, completionSummary]),
      [['Wick', 'Cotton, 3 mm']],
    );
    assert.deepEqual(
      value.todo?.subtodos.items.map(({ title }) => title),
      ['Match'],
    );
    assert.deepEqual(
      value.openTodos.items.map(({ title }) => title),
      ['Flame', 'Match'],
    );
    assert.deepEqual(
      value.artifacts.items.map(({ title }) => title),
      ['Plan', 'Lamp'],
    );
    assert.deepEqual(
      value.questions.map(({ body }) => body),
      ['How long?'],
    );
    assert.deepEqual(
      value.messages.items.map(({ body }) => body),
      ['Mind the wind'],
    );
    assert.equal(value.stage, null);
    const again = await host.as(callerOf(agent), 'context', {});
    assert.ok(again.ok);
    assert.deepEqual([again.value.messages.items.length, again.value.questions.length], [0, 1]);
  });

  it('tells a person where they are, and nothing where there is nothing', async () => {
    const empty = await host.run('context', {});
    assert.deepEqual(
      [empty.project, empty.todo, empty.stage, empty.sprints.items.length],
      [null, null, null, 0],
    );
    await host.run('project.create', { title: 'Lamp' });
    const { id: sessionId } = await host.run('session.start', { title: 'Work', project: 'lamp' });
    const result = await host.as({ ...host.person, sessionId }, 'context', {});
    assert.ok(result.ok);
    assert.equal(result.value.project?.slug, 'lamp');
  });

  it('says how much it leaves out', async () => {
    await host.run('project.create', { title: 'Lamp' });
    const { id: sessionId } = await host.run('session.start', { title: 'Work', project: 'lamp' });
    const items = Array.from({ length: 25 }, (_, index) => ({ title: `T${index}` }));
    await host.run('todo.create', { project: 'lamp', items });
    const result = await host.as({ ...host.person, sessionId }, 'context', {});
    assert.ok(result.ok);
    assert.deepEqual([result.value.openTodos.items.length, result.value.openTodos.more], [20, 5]);
  });
});
