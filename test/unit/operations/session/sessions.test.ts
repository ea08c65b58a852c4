import assert from 'node:assert/strict';
import type { SessionId } from '../../../../src/domain/ids.ts';
import type { PersonCaller } from '../../../../src/domain/caller.ts';
import type { Role } from '../../../../src/domain/role/role.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

const coder: Role = {
  name: 'coder',
  displayName: 'Coder',
  description: 'Writes code',
  access: 'full',
  provider: null,
  model: null,
  effort: null,
  maxTurns: null,
  maxMinutes: 60,
  stallMinutes: 10,
  tools: [],
  output: 'loop_output',
  gate: null,
  prompt: 'Code.',
};

describe('sessions', () => {
  let host: TestHost;
  let session: SessionId;
  let person: PersonCaller;
  beforeEach(async () => {
    host = await createTestHost({ roles: [coder] });
    session = (await host.run('session.start', { title: 'Work' })).id;
    person = { ...host.person, sessionId: session };
  });
  afterEach(() => host.dispose());

  it('switch the role and the project in place', async () => {
    await host.run('project.create', { title: 'Lamp' });
    const changed = await host.as(person, 'session.update', { role: 'coder', project: 'lamp' });
    assert.ok(changed.ok);
    assert.equal(changed.value.id, session);
    assert.equal(changed.value.role, 'coder');
    const cleared = await host.as(person, 'session.update', { role: null, project: null });
    assert.ok(cleared.ok && cleared.value.role === null && cleared.value.projectId === null);
  });

  it('refuse roles that are not there, by name of those that are', async () => {
    const refusal = refusalOf(await host.as(person, 'session.update', { role: 'baker' }));
    assert.equal(refusal.code, 'missing');
    assert.match(refusal.next, /coder/);
    assert.equal(
      refusalOf(await host.as(person, 'session.start', { title: 'X', role: 'baker' })).code,
      'missing',
    );
  });

  it('of an agent belong to its own and to its project', async () => {
    const { id: projectId } = await host.run('project.create', { title: 'Lamp' });
    const agent = callerOf(anAgent({ sessionId: session, projectId }));
    const started = await host.as(agent, 'session.start', { title: 'Aside' });
    assert.ok(started.ok);
    const { origin, parentId, projectId: active } = started.value;
    assert.deepEqual([origin, parentId, active], ['agent', session, projectId]);
  });

  it('need one where none is named', async () => {
    assert.equal(refusalOf(await host.as(host.person, 'session.show', {})).code, 'invalid');
    assert.equal(refusalOf(await host.as(host.person, 'session.close', {})).code, 'invalid');
  });

  it('close once, when nothing runs in them', async () => {
    const agent = anAgent({ sessionId: session });
    await host.tables((tables) => tables.agent.insert(agent));
    assert.match(refusalOf(await host.as(person, 'session.close', {})).message, /agent calm-heron/);
    await host.tables((tables) => tables.agent.update({ ...agent, status: 'idle' }));
    assert.ok((await host.as(person, 'session.close', {})).ok);
    assert.equal(refusalOf(await host.as(person, 'session.close', {})).code, 'conflict');
    assert.equal(refusalOf(await host.as(person, 'session.update', { title: 'X' })).code, 'conflict');
    assert.equal((await host.run('session.list', {})).items.length, 0);
    assert.equal((await host.run('session.list', { all: true })).items.length, 1);
  });

  it('count what belongs to them', async () => {
    await host.as(person, 'todo.create', { items: [{ title: 'A' }, { title: 'B' }] });
    const { items } = await host.run('todo.list', { session });
    await host.run('todo.complete', { todos: items.slice(0, 1).map(({ id }) => id) });
    const shown = await host.run('session.show', { session });
    assert.deepEqual([shown.todos, shown.openTodos, shown.liveAgents], [2, 1, 0]);
  });

  it('are deleted by the person alone', async () => {
    const agent = callerOf(anAgent({ sessionId: session }));
    assert.equal(refusalOf(await host.as(agent, 'session.delete', { session })).code, 'forbidden');
  });
});

describe('deleting a session', () => {
  let host: TestHost;
  let person: PersonCaller;
  let session: SessionId;
  beforeEach(async () => {
    host = await createTestHost();
    session = (await host.run('session.start', { title: 'Work' })).id;
    person = { ...host.person, sessionId: session };
    await host.run('project.create', { title: 'Lamp' });
  });
  afterEach(() => host.dispose());

  it('takes what has no project and is not persistent; the rest stays, detached', async () => {
    const create = async (input: object) => {
      const made = await host.as(person, 'todo.create', input);
      assert.ok(made.ok);
      return made.value.todos.map(({ id }) => id);
    };
    const write = async (input: object) => {
      const made = await host.as(person, 'artifact.create', { title: 'A', content: 'x', ...input });
      assert.ok(made.ok);
      return made.value.id;
    };
    const loose = await create({
      items: [
        { title: 'A', ref: 'a' },
        { title: 'B', parent: 'a' },
      ],
    });
    const ofProject = await create({ title: 'C', project: 'lamp' });
    const [plain, kept, filed] = [
      await write({}),
      await write({ persistent: true }),
      await write({ project: 'lamp' }),
    ];
    const [waiting] = (await host.run('todo.create', { title: 'D', dependsOn: loose.slice(0, 1) })).todos;
    assert.equal(waiting?.status, 'blocked');
    const agent = anAgent({ sessionId: session, status: 'idle' });
    await host.tables((tables) => tables.agent.insert(agent));
    await host.as(callerOf(agent), 'message.send', { to: 'person', body: 'hello' });

    const dry = await host.run('session.delete', { session, dryRun: true });
    assert.ok((await host.as(person, 'session.show', {})).ok);
    const done = await host.run('session.delete', { session });
    assert.deepEqual({ ...dry, dryRun: false }, done);
    assert.deepEqual(done.deletedTodos.toSorted(), loose.toSorted());
    assert.deepEqual(done.detachedTodos, ofProject);
    assert.deepEqual(done.deletedArtifacts, [plain]);
    assert.deepEqual(done.detachedArtifacts, [kept, filed]);
    assert.deepEqual(done.agents, [agent.id]);
    assert.equal((await host.run('todo.show', { todo: waiting.id })).status, 'pending');
    assert.equal((await host.run('todo.show', { todo: ofProject[0] as never })).sessionId, null);
    assert.equal((await host.run('artifact.show', { artifact: kept })).content, 'x');
    await host.tables((tables) => assert.equal(tables.message.count({}), 0));
  });

  it('is refused while something runs there', async () => {
    await host.tables((tables) => tables.agent.insert(anAgent({ sessionId: session })));
    assert.equal(refusalOf(await host.as(person, 'session.delete', { session })).code, 'conflict');
    assert.ok((await host.as(person, 'session.delete', { session, dryRun: true })).ok);
  });
});
