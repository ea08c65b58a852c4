import assert from 'node:assert/strict';
import { AgentWorld } from './agentWorld.ts';

describe('an agent’s budget', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());

  const spend = async (name: string, number: number, costUsd: number) => {
    const seen = { kind: 'usage', inputTokens: 1, outputTokens: 1, costUsd };
    const observed = await world.observe(name, [{ number, seen }]);
    assert.ok(observed.ok);
    return (observed.value as { stop: boolean }).stop;
  };

  it('is told to its process, and what is left of it when it goes on', async () => {
    const { name } = await world.host.run('agent.start', { role: 'coder', prompt: 'Go.', budgetUsd: 2 });
    const first = await world.claim(name);
    assert.ok(first.ok);
    assert.equal((first.value as { limits: { costUsd: number } }).limits.costUsd, 2);
    await world.observe(name, [{ number: 1, seen: { kind: 'session', providerSessionId: 's' } }]);
    await spend(name, 2, 0.5);
    await world.exit(name);
    await world.host.run('agent.resume', { agent: name });
    const second = await world.claim(name);
    assert.ok(second.ok);
    assert.equal((second.value as { limits: { costUsd: number } }).limits.costUsd, 1.5);
  });

  it('ends it when it is passed, says so, and does not start it again', async () => {
    const { name } = await world.host.run('agent.start', { role: 'coder', prompt: 'Go.', budgetUsd: 1 });
    await world.claim(name);
    assert.equal(await spend(name, 1, 1), false);
    assert.equal(await spend(name, 2, 0.25), true);
    await world.exit(name, { exitCode: null, exitSignal: 'SIGTERM' });
    const { status, attention } = await world.agent(name);
    assert.equal(status, 'stopped');
    assert.match(attention ?? '', /spent \$1\.25, more than its budget of \$1\.00/);
  });
});
