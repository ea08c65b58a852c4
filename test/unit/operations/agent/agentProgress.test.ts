import assert from 'node:assert/strict';
import { AgentWorld } from './agentWorld.ts';

describe("an agent's own account", () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());

  it('is shown by its newest 20 lines, newest first', async () => {
    const { name } = await world.running();
    const caller = await world.caller(name);
    for (let line = 1; line <= 25; line += 1) {
      world.host.clock.step(1000);
      assert.ok((await world.host.as(caller, 'report', { text: `line ${line}` })).ok);
    }
    const { progress, progressCount } = await world.host.run('agent.show', { agent: name });
    assert.deepEqual(
      progress.map(({ text }) => text),
      Array.from({ length: 20 }, (_, index) => `line ${25 - index}`),
    );
    assert.equal(progressCount, 25);
  });
});
