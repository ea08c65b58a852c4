import assert from 'node:assert/strict';
import { aRole } from '../../../support/loopDriver.ts';
import { refusalOf } from '../../../support/testHost.ts';
import { AgentWorld } from './agentWorld.ts';

const said = (number: number, text: string) => ({ number, seen: { kind: 'said', text } });

describe('a launch', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());

  it('is claimed once; the second process is refused and told how to go on', async () => {
    const { name } = await world.host.run('agent.start', { role: 'coder', prompt: 'p' });
    assert.ok((await world.claim(name, 100)).ok);
    const { code, message, next } = refusalOf(await world.claim(name, 200));
    assert.deepEqual(
      [code, message],
      ['conflict', 'Agent brave-otter-1 was started already and is running.'],
    );
    assert.match(next, /sloop agent resume brave-otter-1/);
  });

  it('may be claimed again by the same process, whose answer was lost, and then has a new token', async () => {
    const { name } = await world.host.run('agent.start', { role: 'coder', prompt: 'p' });
    const first = await world.claim(name, 100);
    const second = await world.claim(name, 100);
    assert.ok(first.ok && second.ok);
    const token = (value: unknown) => (value as { token: string }).token;
    assert.notEqual(token(first.value), token(second.value));
    const { id } = await world.agent(name);
    const [launch] = await world.host.tables((tables) => tables.launch.all({ agentId: id }));
    assert.deepEqual([launch?.state, launch?.tokenHash], ['claimed', 'hash-2']);
  });

  it('is gone once the agent was stopped before it started', async () => {
    const todo = await world.todo('Add the sum');
    const { name } = await world.host.run('agent.start', { role: 'coder', todo });
    await world.host.run('agent.stop', { agents: [name] });
    assert.equal((await world.agent(name)).status, 'stopped');
    assert.equal((await world.showTodo(todo)).status, 'pending');
    assert.match(refusalOf(await world.claim(name)).message, /was stopped before it started/);
  });

  it('of an interactive agent stays until a terminal claims it', async () => {
    const { name } = await world.host.run('agent.start', { role: 'coder', prompt: 'p', form: 'interactive' });
    assert.match(refusalOf(await world.claim(name)).message, /needs a terminal/);
    assert.ok((await world.claim(name, 100, true)).ok);
  });

  it('is not for agents or the person to claim', async () => {
    const { name } = await world.running();
    const input = { agent: name, pid: 1, pidStartedAt: null };
    const execute = world.host.executor.execute.bind(world.host.executor);
    assert.equal(refusalOf(await execute(world.host.person, 'cli', 'launch.claim', input)).code, 'forbidden');
    const agent = await world.caller(name);
    assert.equal(refusalOf(await execute(agent, 'mcp', 'launch.claim', input)).code, 'forbidden');
  });
});

describe('observing an agent', () => {
  let world: AgentWorld;
  let name = '';
  beforeEach(async () => {
    world = await AgentWorld.open([aRole({ stallMinutes: 10 })]);
    name = (await world.running()).name;
  });
  afterEach(() => world.close());
  const log = async () =>
    (await world.host.run('agent.log', { agent: name })).items.map(({ content }) => content);

  it('takes in each observation once, whatever is repeated', async () => {
    await world.observe(name, [said(1, 'one'), said(2, 'two')]);
    const result = await world.observe(name, [said(2, 'two'), said(3, 'three')]);
    assert.deepEqual(result.ok && result.value, { observed: 3, stop: false, current: true });
    assert.deepEqual(await log(), ['one', 'two', 'three']);
  });

  it('adds up usage, keeps the session and the last words', async () => {
    const usage = (number: number, outputTokens: number) => ({
      number,
      seen: { kind: 'usage', inputTokens: 10, outputTokens, costUsd: 0.25 },
    });
    await world.observe(name, [
      { number: 1, seen: { kind: 'session', providerSessionId: 's-1' } },
      usage(2, 5),
      usage(3, 6),
      { number: 4, seen: { kind: 'ended', text: 'Good bye' } },
    ]);
    const agent = await world.agent(name);
    assert.deepEqual(
      [agent.providerSessionId, agent.inputTokens, agent.outputTokens, agent.costUsd, agent.result],
      ['s-1', 20, 11, 0.5, 'Good bye'],
    );
  });

  it('asks for a look when a tool was denied, and keeps its report before its last words', async () => {
    await world.observe(name, [{ number: 1, seen: { kind: 'denied', tool: 'edit', reason: 'read-only' } }]);
    assert.equal((await world.agent(name)).attention, 'The use of edit was denied: read-only');
    await world.host.as(await world.caller(name), 'report', { status: 'done', summary: 'Summed.' });
    await world.observe(name, [{ number: 2, seen: { kind: 'ended', text: 'bye' } }]);
    assert.equal((await world.agent(name)).result, 'Summed.');
  });

  it('says that the end is asked for, and that an ended agent is not current', async () => {
    await world.host.run('agent.stop', { agents: [name] });
    const asked = await world.observe(name, [said(1, 'one')]);
    assert.deepEqual(asked.ok && asked.value, { observed: 1, stop: true, current: true });
    await world.exit(name);
    const late = await world.observe(name, [said(2, 'two')]);
    assert.deepEqual(late.ok && late.value, { observed: 2, stop: true, current: false });
    assert.deepEqual(await log(), ['one', 'two']);
  });

  it('takes nothing from a process whose place a later start took', async () => {
    await world.observe(name, [{ number: 1, seen: { kind: 'session', providerSessionId: 's' } }]);
    await world.exit(name);
    await world.host.run('agent.resume', { agent: name });
    await world.claim(name, 200);
    const late = await world.observe(name, [said(2, 'late')], 1);
    assert.deepEqual(late.ok && late.value, { observed: 0, stop: false, current: false });
    await world.observe(name, [said(1, 'of the second start')]);
    assert.deepEqual(await log(), ['of the second start']);
  });

  it('takes back the alarm of a long silence, and does not count endless retries as life', async () => {
    const { id, lastSeenAt } = await world.agent(name);
    world.host.clock.step(11 * 60_000);
    await world.system('agent.flag', { agent: id, attention: 'No sign of life for 10 minutes.' });
    await world.observe(name, [{ number: 1, seen: { kind: 'retrying', reason: 'no network' } }]);
    const retrying = await world.agent(name);
    assert.deepEqual(
      [retrying.lastSeenAt, retrying.attention],
      [lastSeenAt, 'No sign of life for 10 minutes.'],
    );
    await world.observe(name, [said(2, 'here')]);
    const alive = await world.agent(name);
    assert.deepEqual([alive.lastSeenAt, alive.attention], [world.host.clock.now(), null]);
  });
});

describe('the end of an agent', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());
  const ending = async (name: string) => {
    const { status, reported, attention, result } = await world.agent(name);
    return { status, reported, attention, result };
  };

  it('is idle when it reported, whatever its exit code', async () => {
    const { name } = await world.running();
    await world.host.as(await world.caller(name), 'report', { status: 'done', summary: 'Summed.' });
    await world.exit(name, { exitCode: 1 });
    assert.deepEqual(await ending(name), {
      status: 'idle',
      reported: 'done',
      attention: null,
      result: 'Summed.',
    });
  });

  it('is idle with a question mark when it exits with 0 and said nothing', async () => {
    const { name } = await world.running();
    await world.exit(name, { lastMessage: 'All good!' });
    assert.deepEqual(await ending(name), {
      status: 'idle',
      reported: null,
      attention: 'It ended without a report.',
      result: 'All good!',
    });
  });

  it('is a crash when it exits otherwise, by code, signal or without a trace', async () => {
    const cases: [object, string][] = [
      [{ exitCode: 3 }, 'It ended with exit code 3.'],
      [{ exitCode: null, exitSignal: 'SIGKILL' }, 'It was ended by SIGKILL.'],
      [{ exitCode: null, reason: 'Its process 7 is gone.' }, 'Its process 7 is gone.'],
    ];
    for (const [fields, attention] of cases) {
      const { name } = await world.running();
      await world.exit(name, { ...fields });
      const end = await ending(name);
      assert.deepEqual([end.status, end.attention], ['crashed', attention]);
    }
  });

  it('is stopped when somebody asked for it, or at the time limit', async () => {
    const { name } = await world.running();
    await world.host.run('agent.stop', { agents: [name] });
    await world.exit(name, { exitCode: null, exitSignal: 'SIGTERM' });
    assert.deepEqual([(await ending(name)).status, (await ending(name)).attention], ['stopped', null]);
    const other = await world.running();
    await world.exit(other.name, { exitCode: null, exitSignal: 'SIGTERM', timedOut: true });
    const agent = await world.agent(other.name);
    assert.deepEqual([agent.status, agent.stopRequestedBy], ['stopped', 'engine']);
  });

  it('is recorded once; a repeat or an earlier session changes nothing', async () => {
    const { name } = await world.running();
    await world.exit(name, { exitCode: 3 });
    const again = await world.exit(name, { exitCode: 0 });
    assert.deepEqual(again.ok && again.value, { status: 'crashed', recorded: false });
  });

  it('gives back its claim and withdraws its questions', async () => {
    const todo = await world.todo('Add the sum');
    const { name } = await world.running({ todo });
    const asked = await world.host.as(await world.caller(name), 'message.ask', {
      to: 'person',
      body: 'Which sum?',
    });
    assert.ok(asked.ok, JSON.stringify(asked));
    assert.equal((await world.agent(name)).status, 'waiting_for_input');
    await world.exit(name, { exitCode: 3 });
    const { status, assignee } = await world.showTodo(todo);
    assert.deepEqual([status, assignee], ['pending', null]);
    const question = await world.host.tables((tables) => tables.message.find(asked.value.id));
    assert.equal(question?.status, 'withdrawn');
  });

  it('counts completing its own todo as a report', async () => {
    const todo = await world.todo('Add the sum');
    const { name } = await world.running({ todo });
    await world.host.as(await world.caller(name), 'todo.complete', { todos: [todo], summary: 'Done' });
    await world.exit(name);
    assert.deepEqual([(await ending(name)).status, (await ending(name)).reported], ['idle', 'done']);
  });

  it('runs again when its question is answered', async () => {
    const { name } = await world.running();
    const asked = await world.host.as(await world.caller(name), 'message.ask', {
      to: 'person',
      body: 'Which?',
    });
    assert.ok(asked.ok);
    await world.host.run('message.answer', { message: asked.value.id, body: 'That one.' });
    assert.equal((await world.agent(name)).status, 'running');
  });
});

describe('attaching', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());
  const attach = async (name: string, sessionNumber = 1) =>
    world.system('agent.attach', {
      agent: (await world.agent(name)).id,
      sessionNumber,
      pid: 100,
      pidStartedAt: 'at 100',
    });

  it('brings an agent back that was taken for dead', async () => {
    const { name } = await world.running();
    await world.exit(name, { exitCode: null, reason: 'Its process is gone.' });
    assert.ok((await attach(name)).ok);
    const { status, attention, endedAt } = await world.agent(name);
    assert.deepEqual([status, attention, endedAt], ['running', null, null]);
  });

  it('is refused to a process whose place was taken, or whose end was asked for', async () => {
    const { name } = await world.running();
    await world.observe(name, [{ number: 1, seen: { kind: 'session', providerSessionId: 's' } }]);
    await world.host.run('agent.stop', { agents: [name] });
    await world.exit(name, { exitCode: null, exitSignal: 'SIGTERM' });
    assert.match(refusalOf(await attach(name)).message, /was stopped/);
    await world.host.run('agent.resume', { agent: name });
    assert.match(refusalOf(await attach(name)).message, /was started again since/);
  });
});
