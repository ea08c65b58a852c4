import assert from 'node:assert/strict';
import type { Agent } from '../../../../src/domain/agent/agent.ts';
import { refusalOf } from '../../../support/testHost.ts';
import { AgentWorld } from './agentWorld.ts';

describe('what a hook tells of an agent', () => {
  let world: AgentWorld;
  let name = '';
  beforeEach(async () => {
    world = await AgentWorld.open();
    name = (await world.running()).name;
    await set({ form: 'interactive' });
  });
  afterEach(() => world.close());

  const set = async (fields: Partial<Agent>) => {
    const agent = await world.agent(name);
    await world.host.tables((tables) => tables.agent.update({ ...agent, ...fields }));
  };
  const hook = async (input: object) =>
    world.host.as(await world.caller(name, 'read-only'), 'agent.hook', input as never);
  const state = async () => {
    const { status, attention } = await world.agent(name);
    return [status, attention];
  };

  it('is no longer so when its process has ended', async () => {
    await hook({ sign: 'waits', text: 'may it?' });
    await world.exit(name);
    assert.deepEqual(await state(), ['idle', 'It ended without a report.']);
    await hook({ sign: 'waits', text: 'late' });
    assert.deepEqual(await state(), ['idle', 'It ended without a report.']);
  });

  it('at the end of a turn needs nobody when it parked', async () => {
    await set({ providerSessionId: 's-1' });
    const asked = await world.host.as(await world.caller(name), 'message.ask', {
      to: 'person',
      body: 'Which port?',
      park: true,
    });
    assert.ok(asked.ok);
    await hook({ sign: 'turnEnded', text: 'I wait.' });
    assert.deepEqual(await state(), ['waiting_for_input', null]);
    const sent = await world.host.run('message.send', { to: name, body: 'By the way.' });
    assert.equal(sent.delivery, 'when it goes on');
    await world.host.run('message.answer', { message: asked.value.id, body: '8080' });
    const [status, attention] = await state();
    assert.equal(status, 'waiting_for_input');
    assert.match(attention ?? '', /Its question is answered\. Say anything in its terminal/);
    const told = await hook({ sign: 'turnBegan', takesMessages: true });
    assert.match((told.ok && told.value.messages) || '', /By the way\.[^]*8080/);
    assert.deepEqual(await state(), ['running', null]);
  });

  it('is over when a question is answered that the agent asked after it', async () => {
    await hook({ sign: 'waits', text: 'may it?' });
    const asked = await world.host.as(await world.caller(name), 'message.ask', { to: 'person', body: 'So?' });
    assert.ok(asked.ok);
    await world.host.run('message.answer', { message: asked.value.id, body: 'Yes.' });
    assert.deepEqual(await state(), ['running', null]);
  });

  it('brings another session of its CLI’s, never a word that could be an option', async () => {
    await hook({ sign: 'session', session: '64156fc2-822e' });
    assert.equal((await world.agent(name)).providerSessionId, '64156fc2-822e');
    assert.equal(
      refusalOf(await hook({ sign: 'session', session: '--dangerously-skip-permissions' })).code,
      'invalid',
    );
    await hook({ sign: 'wentOn' });
    assert.equal((await world.agent(name)).providerSessionId, '64156fc2-822e', 'kept where none is told');
  });

  it('counts for the caller alone', async () => {
    const other = await world.running();
    await hook({ sign: 'waits', text: 'may it?' });
    assert.equal((await world.agent(other.name)).status, 'running');
    const byPerson = await world.host.run('agent.hook', { sign: 'turnEnded' });
    assert.deepEqual(byPerson, { messages: null });
  });
});
