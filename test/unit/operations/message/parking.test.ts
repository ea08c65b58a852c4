import assert from 'node:assert/strict';
import type { Agent } from '../../../../src/domain/agent/agent.ts';
import { refusalOf } from '../../../support/testHost.ts';
import { AgentWorld } from '../agent/agentWorld.ts';

describe('an agent that parks with a question', () => {
  let world: AgentWorld;
  let todo: Awaited<ReturnType<AgentWorld['todo']>>;
  let name = '';
  beforeEach(async () => {
    world = await AgentWorld.open();
    todo = await world.todo('Add the sum');
    name = (await world.running({ todo })).name;
    await world.observe(name, [{ number: 1, seen: { kind: 'session', providerSessionId: 's-1' } }]);
  });
  afterEach(() => world.close());

  async function park(body = 'Which port?', to = 'person') {
    const asked = await world.host.as(await world.caller(name), 'message.ask', { to, body, park: true });
    assert.ok(asked.ok, JSON.stringify(asked));
    return asked.value;
  }
  const launch = async () => {
    const { id, sessionNumber } = await world.agent(name);
    const [found] = await world.host.tables((tables) => tables.launch.all({ agentId: id, sessionNumber }));
    assert.ok(found);
    return found;
  };

  it('is told to end its turn, and does not count as waiting meanwhile', async () => {
    const question = await park();
    assert.deepEqual([question.status, question.parked, question.delivery], ['pending', true, 'inbox']);
    assert.match(question.next, /End your turn now/);
    assert.equal((await world.agent(name)).status, 'running');
  });

  it('keeps its todo and its question when its process ends, and needs no look itself', async () => {
    const question = await park();
    await world.exit(name);
    const { status, attention } = await world.agent(name);
    assert.deepEqual([status, attention], ['idle', null]);
    const held = await world.showTodo(todo);
    assert.deepEqual([held.status, held.assignee], ['in_progress', name]);
    assert.equal((await world.host.run('message.show', { message: question.id })).status, 'pending');
    const box = await world.host.run('message.inbox', {});
    assert.deepEqual(
      box.items.map(({ kind, title }) => [kind, title]),
      [['question', 'Which port?']],
    );
    assert.deepEqual((await world.host.run('agent.show', { agent: name })).parkedOn, [question.id]);
  });

  it('is resumed in its very session with the answer as the prompt, told once', async () => {
    const question = await park();
    await world.exit(name);
    const { attempt } = await world.agent(name);
    await world.host.run('message.answer', { message: question.id, body: '8080' });
    const agent = await world.agent(name);
    assert.deepEqual(
      [agent.status, agent.sessionNumber, agent.providerSessionId, agent.attempt],
      ['starting', 2, 's-1', attempt],
    );
    const { prompt, resume, state } = await launch();
    assert.deepEqual([resume, state], [true, 'ready']);
    assert.match(prompt, /person answers your question "Which port\?" \(message \w+\):\n8080/);
    assert.ok((await world.claim(name, 200)).ok);
    const due = await world.host.as(await world.caller(name), 'message.due', {});
    assert.deepEqual(due.ok && due.value, { due: false });
    await world.host.as(await world.caller(name), 'report', { status: 'done', summary: 'On 8080.' });
    assert.equal((await world.showTodo(todo)).status, 'completed');
  });

  it('goes on at once when the answer came before its turn was over', async () => {
    const question = await park();
    await world.host.run('message.answer', { message: question.id, body: '8080' });
    assert.equal((await world.agent(name)).status, 'running');
    await world.exit(name);
    assert.equal((await world.agent(name)).status, 'starting');
    assert.match((await launch()).prompt, /8080/);
  });

  it('has the answer with its next call while it lives, and then ends as any other', async () => {
    const question = await park();
    await world.host.run('message.answer', { message: question.id, body: '8080' });
    const told = await world.host.as(await world.caller(name), 'message.deliver', {});
    assert.match((told.ok && told.value.text) || '', /8080/);
    await world.exit(name);
    const { status, attention } = await world.agent(name);
    assert.deepEqual([status, attention], ['idle', 'It ended without a report.']);
    assert.equal((await world.showTodo(todo)).status, 'pending');
  });

  it('waits for all of its answers', async () => {
    const first = await park('Which port?');
    const second = await park('Which host?');
    await world.exit(name);
    await world.host.run('message.answer', { message: first.id, body: '8080' });
    assert.equal((await world.agent(name)).status, 'idle');
    await world.host.run('message.withdraw', { message: second.id });
    assert.equal((await world.agent(name)).status, 'starting');
  });

  it('gives its todo back when its question is withdrawn, or when it is stopped', async () => {
    const question = await park();
    await world.exit(name);
    await world.host.run('message.withdraw', { message: question.id });
    assert.equal((await world.showTodo(todo)).status, 'pending');
    assert.equal((await world.agent(name)).status, 'idle');
    await world.host.run('agent.resume', { agent: name });
    await world.claim(name, 200);
    const again = await park();
    await world.host.run('agent.stop', { agents: [name] });
    await world.exit(name, { exitSignal: 'SIGTERM', exitCode: null });
    assert.equal((await world.host.run('message.show', { message: again.id })).status, 'withdrawn');
    assert.equal((await world.showTodo(todo)).status, 'pending');
  });

  it('keeps it over a crash too', async () => {
    const question = await park();
    await world.exit(name, { exitCode: 1 });
    assert.equal((await world.agent(name)).status, 'crashed');
    await world.host.run('message.answer', { message: question.id, body: '8080' });
    assert.equal((await world.agent(name)).status, 'starting');
  });

  it('is refused where it could not be resumed: no session known, a stage, no agent', async () => {
    const set = (fields: Partial<Agent>) =>
      world.host.tables((tables) => {
        const agent = tables.agent.findByName(name);
        assert.ok(agent);
        tables.agent.update({ ...agent, ...fields });
      });
    await set({ providerSessionId: null, provider: 'command' });
    const caller = await world.caller(name);
    const ask = { to: 'person', body: 'Which?', park: true };
    const { code, message, next } = refusalOf(await world.host.as(caller, 'message.ask', ask));
    assert.equal(code, 'conflict');
    assert.match(message, /You could not be resumed with the answer. command never told a session/);
    assert.match(next, /without park/);
    assert.equal(
      refusalOf(await world.host.as(world.host.person, 'message.ask', { ...ask, to: name })).code,
      'invalid',
    );
  });
});

describe('a question to an agent that has ended', () => {
  let world: AgentWorld;
  let asker = '';
  beforeEach(async () => {
    world = await AgentWorld.open();
    asker = (await world.running()).name;
  });
  afterEach(() => world.close());

  async function ended(input: { todo?: string; prompt?: string }): Promise<string> {
    const { name } = await world.running(input);
    await world.observe(name, [{ number: 1, seen: { kind: 'session', providerSessionId: 's-9' } }]);
    await world.host.as(await world.caller(name), 'report', { status: 'done', summary: 'Summed.' });
    await world.exit(name);
    return name;
  }
  const ask = async (to: string) =>
    world.host.as(await world.caller(asker), 'message.ask', { to, body: 'Why so?' });

  it('resumes who worked on the todo, with the question as its prompt and its report kept', async () => {
    const todo = await world.todo('Add the sum');
    const name = await ended({ todo });
    const asked = await ask(`todo:${todo}`);
    assert.ok(asked.ok, JSON.stringify(asked));
    assert.deepEqual([asked.value.recipientName, asked.value.delivery], [name, 'it is resumed with it']);
    const agent = await world.agent(name);
    assert.deepEqual([agent.status, agent.reported, agent.sessionNumber], ['starting', 'done', 2]);
    const [launch] = await world.host.tables((tables) =>
      tables.launch.all({ agentId: agent.id, sessionNumber: 2 }),
    );
    assert.ok(launch?.resume === true);
    assert.match(launch.prompt, new RegExp(`${asker} asks you \\(message ${asked.value.id}\\):\nWhy so\\?`));
    assert.equal((await world.showTodo(todo)).status, 'completed', 'its work is not taken up again');
    await world.claim(name, 300);
    await world.host.as(await world.caller(name), 'message.answer', {
      message: asked.value.id,
      body: 'Because.',
    });
    await world.exit(name);
    const after = await world.agent(name);
    assert.deepEqual([after.status, after.reported, after.attention], ['idle', 'done', null]);
  });

  it('goes to one that runs before one that ended', async () => {
    const todo = await world.todo('Add the sum');
    await ended({ todo });
    await world.host.run('todo.reopen', { todos: [todo] });
    const { name } = await world.running({ todo });
    const asked = await ask(`todo:${todo}`);
    assert.deepEqual(asked.ok && [asked.value.recipientName, asked.value.delivery], [name, 'next tool call']);
  });

  it('by name resumes it too, and goes to the person when it ends without an answer', async () => {
    const name = await ended({ prompt: 'Look around.' });
    const asked = await ask(name);
    assert.ok(asked.ok);
    await world.claim(name, 300);
    await world.exit(name);
    assert.equal((await world.agent(name)).status, 'idle', 'it does not try its task again');
    const moved = await world.host.run('message.show', { message: asked.value.id });
    assert.deepEqual([moved.status, moved.recipientKind], ['pending', 'person']);
  });

  it('does not bring back who was dismissed', async () => {
    const todo = await world.todo('Add the sum');
    const name = await ended({ todo });
    await world.host.run('agent.dismiss', { agents: [name] });
    const { code, message } = refusalOf(await ask(`todo:${todo}`));
    assert.equal(code, 'unavailable');
    assert.match(message, /none that did can be resumed/);
  });
});
