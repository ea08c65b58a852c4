import assert from 'node:assert/strict';
import { LoopDriver } from '../../../support/loopDriver.ts';

describe('a loop that a limit cuts short between two tries of a stage', () => {
  it('leaves no stage that seems to run, and says why', async () => {
    const driver = await LoopDriver.create();
    await driver.start({ deadline: driver.later(60_000) });
    const agent = await driver.mustLive();
    driver.host.clock.step(60_000);
    const ended = await driver.crash(agent);
    assert.deepEqual([ended.status, ended.outcome], ['completed', 'limit_reached']);
    const { stages } = await driver.rows();
    assert.deepEqual(
      stages.map(({ status }) => status),
      ['failed', 'pending', 'pending'],
    );
    assert.match(stages[0]?.summary ?? '', /cut short: the deadline/);
    assert.ok(stages[0]?.completedAt);
    driver.host.dispose();
  });
});
