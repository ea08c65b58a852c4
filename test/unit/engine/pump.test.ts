import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { silentLogger } from '../../../src/base/logger.ts';
import { Pump } from '../../../src/engine/pump.ts';
import { ManualTimers } from '../../support/manualTimers.ts';

describe('a pump', () => {
  it('works once more when it is asked while it works, and never twice at once', async () => {
    let working = 0;
    let most = 0;
    let times = 0;
    const pump: Pump = new Pump(
      async () => {
        working += 1;
        most = Math.max(most, working);
        times += 1;
        if (times === 1) for (let again = 0; again < 5; again += 1) void pump.ask();
        await Promise.resolve();
        working -= 1;
      },
      new ManualTimers(),
      silentLogger,
    );
    await pump.ask();
    assert.deepEqual([times, most], [2, 1]);
  });

  it('tries again after a failure, with pauses that double up to half a minute', async () => {
    const timers = new ManualTimers();
    let fail = true;
    let times = 0;
    const pump = new Pump(
      () => {
        times += 1;
        return fail ? Promise.reject(new Error('no')) : Promise.resolve();
      },
      timers,
      silentLogger,
    );
    await pump.ask();
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      pauses.push(...timers.pauses);
      timers.fire();
      await pump.settled();
    }
    assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    fail = false;
    timers.fire();
    await pump.settled();
    assert.equal(times, 10);
    assert.deepEqual(timers.pauses, []);
  });

  it('does nothing after its end', async () => {
    const timers = new ManualTimers();
    let times = 0;
    const pump = new Pump(() => Promise.reject(new Error(`no ${(times += 1)}`)), timers, silentLogger);
    await pump.ask();
    pump.dispose();
    assert.deepEqual(timers.pauses, []);
    await pump.ask();
    assert.equal(times, 1);
  });
});
