import assert from 'node:assert/strict';
import { AgentWorld } from './agentWorld.ts';

describe('an agent’s log', () => {
  it('says when a thing was seen, although it is told later', async () => {
    const world = await AgentWorld.open();
    const { name } = await world.running();
    const at = world.host.clock.now();
    world.host.clock.step(60_000);
    await world.observe(name, [
      { number: 1, at, seen: { kind: 'said', text: 'before the host went away' } },
      { number: 2, seen: { kind: 'said', text: 'now' } },
    ]);
    const { items } = await world.host.run('agent.log', { agent: name });
    assert.deepEqual(
      items.map(({ content, time }) => [content, time]),
      [
        ['before the host went away', at],
        ['now', world.host.clock.now()],
      ],
    );
    world.close();
  });
});
