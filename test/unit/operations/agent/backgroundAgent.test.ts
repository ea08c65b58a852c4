import assert from 'node:assert/strict';
import type { SessionId } from '../../../../src/domain/ids.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { aSession } from '../../../support/builders.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

const [own, parent, other] = ['session00011', 'session00012', 'session00013'] as SessionId[] as [
  SessionId,
  SessionId,
  SessionId,
];

describe('an agent in the background', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await createTestHost();
    await host.tables((tables) => {
      for (const id of [own, parent, other]) tables.session.insert(aSession({ id }));
      tables.agent.insert(anAgent({ sessionId: own }));
    });
  });
  afterEach(() => host.dispose());

  const agent = { ...callerOf(anAgent({ sessionId: own })), parentSessionId: parent };
  const made = async (session: SessionId, title: string) => {
    const person = { ...host.person, sessionId: session };
    const result = await host.as(person, 'artifact.create', {
      title,
      type: 'document',
      content: `${title} text`,
    });
    assert.ok(result.ok);
    return result.value.id;
  };

  it('reads the artifacts of the session that it was started from, by list, search and version', async () => {
    const id = await made(parent, 'Notes');
    await made(other, 'Foreign');
    const shown = await host.as(agent, 'artifact.show', { artifact: id });
    assert.equal(shown.ok && shown.value.content, 'Notes text');
    const listed = await host.as(agent, 'artifact.list', {});
    assert.deepEqual(listed.ok && listed.value.items.map(({ title }) => title), ['Notes']);
    const found = await host.as(agent, 'artifact.search', { text: 'text' });
    assert.deepEqual(found.ok && found.value.items.map(({ title }) => title), ['Notes']);
    const versions = await host.as(agent, 'artifact.versions', { artifact: id });
    assert.equal(versions.ok && versions.value.items.length, 1);
  });

  it('changes none of them, and sees nothing else there', async () => {
    const id = await made(parent, 'Notes');
    const before = await host.tables((tables) => tables.artifact.find(id));
    for (const [operation, input] of [
      ['artifact.update', { artifact: id, content: 'mine' }],
      ['artifact.stage', { artifacts: [id], stage: 'review' }],
      ['artifact.comment', { artifact: id, body: 'a remark' }],
      ['artifact.delete', { artifacts: [id] }],
    ] as const)
      refusalOf(await host.executor.execute(agent, 'mcp', operation, input));
    assert.deepEqual(await host.tables((tables) => tables.artifact.find(id)), before);
    const foreign = await made(other, 'Foreign');
    assert.equal(refusalOf(await host.as(agent, 'artifact.show', { artifact: foreign })).code, 'missing');
    const person = { ...host.person, sessionId: parent };
    const todo = await host.as(person, 'todo.create', { title: 'Theirs' });
    assert.ok(todo.ok);
    const todos = await host.as(agent, 'todo.list', {});
    assert.deepEqual(todos.ok && todos.value.items, []);
  });
});
