import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { LoopDriver } from '../../../support/loopDriver.ts';

describe('looking at loops', () => {
  let driver: LoopDriver;
  beforeEach(async () => {
    driver = await LoopDriver.create();
  });
  afterEach(() => driver.dispose());

  it('definitions say what can be started and how it ends', async () => {
    const { definitions, problems } = await driver.host.run('loop.definitions', {});
    assert.deepEqual(
      definitions.map(({ name, roles, endsBy, maxIterations }) => ({ name, roles, endsBy, maxIterations })),
      [{ name: 'harness', roles: ['plan', 'coder', 'reviewer'], endsBy: 'verdict', maxIterations: 5 }],
    );
    assert.deepEqual(problems, []);
  });

  it('lists by status, newest first', async () => {
    const first = await driver.start();
    driver.host.clock.step(1000);
    const second = await driver.start();
    await driver.host.run('loop.pause', { loop: first });
    const ids = async (input: object) =>
      (await driver.host.run('loop.list', input)).items.map(({ id }) => id);
    assert.deepEqual(await ids({}), [second, first]);
    assert.deepEqual(await ids({ status: ['paused'] }), [first]);
  });

  it('shows durations, costs and what is left of each limit', async () => {
    const loop = await driver.start({ maxIterations: 3, budgetUsd: 5, deadline: driver.later(3_600_000) });
    await driver.spend(await driver.mustLive(), 1.5);
    driver.host.clock.step(60_000);
    await driver.finish();
    driver.host.clock.step(30_000);
    const shown = await driver.host.run('loop.show', { loop });
    assert.deepEqual(
      [shown.costUsd, shown.budgetLeftUsd, shown.timeLeftMs, shown.roundsLeft, shown.durationMs],
      [1.5, 3.5, 3_510_000, 2, 90_000],
    );
    assert.deepEqual(
      shown.rounds[0]?.stages.map(({ name, status, durationMs, attempts }) => [
        name,
        status,
        durationMs,
        attempts.map(({ durationMs: ms }) => ms),
      ]),
      [
        ['plan', 'completed', 60_000, [60_000]],
        ['coder', 'running', 30_000, [30_000]],
        ['reviewer', 'pending', null, []],
      ],
    );
  });

  it('says which stages wait for a person, how it ends, and how long its agents were at work', async () => {
    const loop = await driver.start();
    driver.host.clock.step(60_000);
    await driver.finish();
    driver.host.clock.step(5000);
    await driver.host.run('loop.pause', { loop });
    await driver.finish();
    driver.host.clock.step(600_000);
    const shown = await driver.host.run('loop.show', { loop });
    assert.deepEqual([shown.gates, shown.endsBy, shown.workedMs], [[], 'verdict', 65_000]);
  });

  it('marks a finding that comes back in other letters as the same', async () => {
    const loop = await driver.start();
    await driver.round('changes_requested', [{ title: 'Rounds down, always.', file: 'a.ts' }]);
    await driver.round('changes_requested', [{ title: 'rounds down always', file: 'a.ts', line: 4 }]);
    const { rounds } = await driver.host.run('loop.show', { loop });
    const keys = rounds.map(({ stages }) => stages.at(-1)?.findings[0]?.key);
    assert.equal(typeof keys[0], 'string');
    assert.equal(keys[0], keys[1]);
  });

  it('shows the newest rounds, and says how many are older', async () => {
    const loop = await driver.start();
    await driver.round('changes_requested', [{ title: 'a' }]);
    await driver.round('changes_requested', [{ title: 'b' }]);
    const shown = await driver.host.run('loop.show', { loop, rounds: 2 });
    assert.deepEqual([shown.earlierRounds, shown.rounds.map(({ number }) => number)], [1, [2, 3]]);
  });

  it('is due while it may have a step to take, and no longer', async () => {
    const engine = driver.host.executor.clientFor({ kind: 'system', name: 'engine' }, 'engine');
    const due = async () => {
      const found = await engine.execute('loop.due', {});
      return found.ok ? found.value.loops : [];
    };
    const loop = await driver.start();
    assert.deepEqual(await due(), [loop]);
    await driver.host.run('loop.pause', { loop });
    assert.deepEqual(await due(), [loop]);
    await driver.host.run('loop.stop', { loop });
    assert.deepEqual(await due(), []);
  });
});
