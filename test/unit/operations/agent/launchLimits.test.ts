import assert from 'node:assert/strict';
import { claimedLaunch, type ClaimedLaunch } from '../../../../src/operations/agent/claimLaunch.ts';
import { LoopDriver } from '../../../support/loopDriver.ts';

describe('the limits of a launch', () => {
  let loop: LoopDriver;
  beforeEach(async () => (loop = await LoopDriver.create()));
  afterEach(() => loop.dispose());

  async function claim(): Promise<ClaimedLaunch> {
    const { name } = await loop.mustLive();
    const runner = { kind: 'system', name: 'runner' } as const;
    const input = { agent: name, pid: 100, pidStartedAt: null };
    const result = await loop.host.executor.execute(runner, 'runner', 'launch.claim', input);
    assert.ok(result.ok);
    return claimedLaunch.parse(result.value);
  }

  it('have what is left of the loop’s budget', async () => {
    await loop.start({ budgetUsd: 2 });
    const first = await claim();
    assert.equal(first.limits.costUsd, 2);
    await loop.spend(await loop.mustLive(), 0.5);
    await loop.finish();
    assert.equal((await claim()).limits.costUsd, 1.5);
  });

  it('have no cost where the loop has no budget', async () => {
    await loop.start();
    assert.equal((await claim()).limits.costUsd, null);
  });
});
