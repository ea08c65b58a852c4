import assert from 'node:assert/strict';
import type { Agent } from '../../../../src/domain/agent/agent.ts';
import type { AgentCaller } from '../../../../src/domain/caller.ts';
import type { AgentId, MessageId, ProjectId, SessionId } from '../../../../src/domain/ids.ts';
import { anAgent, callerOf } from '../../../support/anAgent.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

describe('messages', () => {
  let host: TestHost;
  let projectId: ProjectId;
  let sessionId: SessionId;
  let heron: AgentCaller;
  let otter: AgentCaller;
  beforeEach(async () => {
    host = await createTestHost();
    projectId = (await host.run('project.create', { title: 'Lamp' })).id;
    sessionId = (await host.run('session.start', { title: 'Work', project: 'lamp' })).id;
    heron = await start({ name: 'calm-heron', id: 'agent0000001' as AgentId });
    otter = await start({ name: 'brave-otter', id: 'agent0000002' as AgentId });
  });
  afterEach(() => host.dispose());

  async function start(fields: Partial<Agent>): Promise<AgentCaller> {
    const agent = anAgent({ sessionId, projectId, ...fields });
    await host.tables((tables) => tables.agent.insert(agent));
    return callerOf(agent, agent.role === 'reviewer' ? 'read-only' : 'full');
  }
  const change = (caller: AgentCaller, fields: Partial<Agent>) =>
    host.tables((tables) => {
      const agent = tables.agent.find(caller.agentId);
      assert.ok(agent);
      tables.agent.update({ ...agent, ...fields });
    });
  async function ask(caller: AgentCaller, to: string, body = 'Which port?') {
    host.clock.step(1000);
    const asked = await host.as(caller, 'message.ask', { to, body });
    assert.ok(asked.ok, JSON.stringify(asked));
    return asked.value;
  }
  const refused = async (caller: AgentCaller, to: string) =>
    refusalOf(await host.as(caller, 'message.ask', { to, body: 'Which port?' }));
  const listen = async (caller: AgentCaller = otter) => {
    const next = await host.as(caller, 'message.listen', {});
    assert.ok(next.ok);
    return next.value.question?.id ?? null;
  };

  it('reach an agent by name, wait, and are answered once', async () => {
    const question = await ask(heron, 'brave-otter');
    assert.deepEqual([question.status, question.threadId], ['pending', question.id]);
    assert.equal(await listen(), question.id);
    assert.equal(await listen(), question.id, 'listening marks nothing');
    const answered = await host.as(otter, 'message.answer', { message: question.id, body: '8080' });
    assert.ok(answered.ok);
    assert.deepEqual(
      [answered.value.status, answered.value.answer, answered.value.answeredBy],
      ['answered', '8080', 'brave-otter'],
    );
    assert.equal(await listen(), null);
    const again = refusalOf(await host.as(otter, 'message.answer', { message: question.id, body: '9090' }));
    assert.match(again.message, /answered already: 8080/);
    const { items } = await host.run('message.thread', { message: question.id });
    assert.deepEqual(
      items.map(({ senderName, body }) => [senderName, body]),
      [
        ['calm-heron', 'Which port?'],
        ['brave-otter', '8080'],
      ],
    );
  });

  it('come oldest first to the listener', async () => {
    const first = await ask(heron, 'brave-otter', 'First?');
    await ask(heron, 'everyone', 'Second?');
    assert.equal(await listen(), first.id);
    assert.equal(await listen(heron), null, 'nobody is asked by themselves');
  });

  it('reach who works on a todo: the agent started for it, else who claimed it', async () => {
    const { todos } = await host.run('todo.create', { title: 'T', project: 'lamp' });
    const [todo] = todos;
    assert.ok(todo);
    assert.equal((await refused(heron, `todo:${todo.id}`)).code, 'unavailable');
    await host.as(otter, 'todo.claim', { todo: todo.id });
    assert.equal((await ask(heron, `todo:${todo.id}`)).recipientName, 'brave-otter');
    await start({ name: 'wise-owl', id: 'agent0000003' as AgentId, todoId: todo.id });
    const asked = await ask(heron, `todo:${todo.id}`);
    assert.deepEqual([asked.recipientName, asked.todoId], ['wise-owl', todo.id]);
    assert.equal((await refused(heron, 'todo:zzzzzzzz')).code, 'missing');
    assert.equal((await refused(heron, 'todo:?')).code, 'invalid');
  });

  it('reach who works in a sprint, never the asker', async () => {
    const sprint = await host.run('sprint.create', { title: 'S', project: 'lamp' });
    await change(heron, { sprintId: sprint.id });
    assert.equal((await refused(heron, `sprint:${sprint.id}`)).code, 'unavailable');
    await change(otter, { sprintId: sprint.id });
    assert.equal((await ask(heron, `sprint:${sprint.id}`)).recipientName, 'brave-otter');
  });

  it('are refused at once when nobody can answer', async () => {
    const unknown = await refused(heron, 'blue-whale');
    assert.equal(unknown.code, 'missing');
    assert.match(unknown.next, /brave-otter/);
    await change(otter, { status: 'idle', provider: 'codex' });
    const idle = await refused(heron, 'brave-otter');
    assert.equal(idle.code, 'unavailable');
    assert.match(idle.message, /brave-otter is idle and cannot be resumed to answer/);
    assert.match(idle.next, /--to person/);
    assert.equal((await refused(heron, 'calm-heron')).code, 'invalid');
    assert.equal(
      refusalOf(await host.as(host.person, 'message.ask', { to: 'person', body: 'x' })).code,
      'invalid',
    );
    assert.ok((await host.as(heron, 'message.send', { to: 'brave-otter', body: 'For later' })).ok);
  });

  it('are answered by whom they were asked of, or by the person', async () => {
    const owl = await start({ name: 'wise-owl', id: 'agent0000003' as AgentId });
    const question = await ask(heron, 'brave-otter');
    const refusal = refusalOf(await host.as(owl, 'message.answer', { message: question.id, body: 'x' }));
    assert.equal(refusal.code, 'forbidden');
    const own = await ask(heron, 'everyone');
    assert.equal(
      refusalOf(await host.as(heron, 'message.answer', { message: own.id, body: 'x' })).code,
      'forbidden',
    );
    assert.ok((await host.as(owl, 'message.answer', { message: own.id, body: 'me' })).ok);
    await host.run('message.answer', { message: question.id, body: 'The person says 80' });
  });

  it('are withdrawn by the asker or the person, while they wait', async () => {
    const question = await ask(heron, 'brave-otter');
    const withdraw = (caller: AgentCaller, message: MessageId) =>
      host.as(caller, 'message.withdraw', { message });
    assert.equal(refusalOf(await withdraw(otter, question.id)).code, 'forbidden');
    assert.ok((await withdraw(heron, question.id)).ok);
    assert.equal(await listen(), null);
    assert.equal(refusalOf(await withdraw(heron, question.id)).code, 'conflict');
    const late = refusalOf(await host.as(otter, 'message.answer', { message: question.id, body: 'x' }));
    assert.match(late.message, /withdrew/);
    const note = await host.as(heron, 'message.send', { to: 'person', body: 'A note' });
    assert.ok(note.ok);
    assert.match(refusalOf(await withdraw(heron, note.value.id)).message, /note and asks nothing/);
  });

  it('go to the person when the agent they were asked of ends; the person’s own are withdrawn', async () => {
    const question = await ask(heron, 'brave-otter');
    const persons = await host.run('message.ask', { to: 'brave-otter', body: 'And you?' });
    const runner = { kind: 'system', name: 'runner' } as const;
    const ended = await host.as(runner, 'agent.exited', {
      agent: otter.agentId,
      sessionNumber: 1,
      exitCode: 0,
      exitSignal: null,
      lastMessage: null,
    });
    assert.ok(ended.ok, JSON.stringify(ended));
    const { items } = await host.run('message.inbox', { kind: ['question'] });
    assert.deepEqual(
      items.map(({ id }) => id),
      [question.id],
    );
    await host.run('message.answer', { message: question.id, body: '80' });
    assert.equal((await host.run('message.show', { message: persons.id })).status, 'withdrawn');
  });

  it('from the person to everyone stay within one project', async () => {
    assert.equal(
      refusalOf(await host.as(host.person, 'message.send', { to: 'everyone', body: 'x' })).code,
      'invalid',
    );
    const person = { ...host.person, sessionId };
    const sent = await host.as(person, 'message.send', { to: 'everyone', body: 'Lunch' });
    assert.ok(sent.ok);
    assert.equal(sent.value.projectId, projectId);
    const box = await host.as(otter, 'message.inbox', {});
    assert.ok(box.ok);
    assert.deepEqual(
      box.value.items.map(({ kind, title }) => [kind, title]),
      [['message', 'Lunch']],
    );
    const other = await host.run('project.create', { title: 'Desk' });
    const stranger = await start({ name: 'wise-owl', id: 'agent0000003' as AgentId, projectId: other.id });
    const empty = await host.as(stranger, 'message.inbox', {});
    assert.ok(empty.ok && empty.value.items.length === 0);
  });

  it('leave the inbox once they are read, each reader for themselves', async () => {
    await host.as(heron, 'message.send', { to: 'everyone', body: 'News' });
    const titles = async (caller: AgentCaller | typeof host.person) => {
      const box = await host.as(caller, 'message.inbox', { kind: ['message'] });
      assert.ok(box.ok);
      return box.value.items;
    };
    const [news] = await titles(otter);
    assert.ok(news);
    await host.as(otter, 'message.read', { messages: [news.id as MessageId] });
    assert.equal((await titles(otter)).length, 0);
    assert.equal((await titles(host.person)).length, 1);
    assert.equal((await titles(heron)).length, 0, 'not to the sender');
  });

  it('an answer is unread by the asker until context tells it', async () => {
    const question = await ask(heron, 'person');
    await host.run('message.answer', { message: question.id, body: 'Use 80' });
    const first = await host.as(heron, 'context', {});
    assert.ok(first.ok);
    assert.deepEqual(
      first.value.messages.items.map(({ body }) => body),
      ['Use 80'],
    );
    const second = await host.as(heron, 'context', {});
    assert.ok(second.ok && second.value.messages.items.length === 0);
  });

  it('show the person all that waits, page by page without loss', async () => {
    const question = await ask(heron, 'person');
    const doc = await host.run('artifact.create', { title: 'Doc', content: '', project: 'lamp' });
    await host.run('artifact.stage', { artifacts: [doc.id], stage: 'review' });
    const suggested = await host.as(heron, 'todo.create', { title: 'Maybe', requiresApproval: true });
    assert.ok(suggested.ok);
    await change(otter, { status: 'idle', attention: 'ended without a report' });
    const note = await host.as(heron, 'message.send', { to: 'person', body: 'Hello\nthere' });
    assert.ok(note.ok);
    const whole = await host.run('message.inbox', {});
    assert.deepEqual(
      whole.items.map(({ kind, id, title }) => [kind, id, title]),
      [
        ['question', question.id, 'Which port?'],
        ['review', doc.id, 'Doc'],
        ['todo', suggested.value.todos[0]?.id, 'Maybe'],
        ['agent', otter.agentId, 'ended without a report'],
        ['message', note.value.id, 'Hello'],
      ],
    );
    assert.deepEqual([whole.more, whole.next], [0, null]);
    const paged: string[] = [];
    let after: string | undefined;
    for (let left = 5; left > 0; left -= 2) {
      const part = await host.run('message.inbox', { limit: 2, after });
      paged.push(...part.items.map(({ id }) => id));
      assert.equal(part.more, Math.max(0, left - 2));
      after = part.next ?? undefined;
    }
    assert.deepEqual(
      paged,
      whole.items.map(({ id }) => id),
    );
    assert.equal(after, undefined);
    const bad = refusalOf(await host.as(host.person, 'message.inbox', { after: 'nonsense' }));
    assert.equal(bad.code, 'invalid');
  });

  it('may be sent by agents that only read', async () => {
    const reviewer = await start({ name: 'wise-owl', id: 'agent0000003' as AgentId, role: 'reviewer' });
    assert.ok((await host.as(reviewer, 'message.ask', { to: 'person', body: 'Sure?' })).ok);
    const minimal = { ...reviewer, access: 'minimal' as const };
    assert.equal(
      refusalOf(await host.as(minimal, 'message.ask', { to: 'person', body: 'Sure?' })).code,
      'forbidden',
    );
  });
});
