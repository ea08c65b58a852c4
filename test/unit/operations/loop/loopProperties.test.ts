import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { failedOutcomes } from '../../../../src/domain/loop/attemptEnd.ts';
import { isLive } from '../../../../src/domain/agent/agent.ts';
import { maxAttempts } from '../../../../src/domain/loop/loop.ts';
import { aDefinition, aRole, LoopDriver } from '../../../support/loopDriver.ts';

/** What may befall a loop; each is tried whatever its state, and a refusal is as good an answer as any. */
const happening = fc.oneof(
  fc.constant({ do: 'approve' } as const),
  fc.record({ do: fc.constant('changes' as const), about: fc.constantFrom('a', 'b') }),
  fc.record({ do: fc.constant('spend' as const), usd: fc.integer({ min: 0, max: 3 }) }),
  fc.constantFrom(
    { do: 'exit' } as const,
    { do: 'crash' } as const,
    { do: 'reportFailed' } as const,
    { do: 'lastWords' } as const,
    { do: 'timeOut' } as const,
    { do: 'personStops' } as const,
    { do: 'pause' } as const,
    { do: 'resume' } as const,
    { do: 'stop' } as const,
    { do: 'approveLoop' } as const,
    { do: 'gateFinal' } as const,
    { do: 'gateBack' } as const,
    { do: 'advance' } as const,
    { do: 'hour' } as const,
  ),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

async function happen(driver: LoopDriver, event: Happening): Promise<void> {
  const { person } = driver.host;
  const agent = await driver.live();
  const { stages, loop } = await driver.rows();
  switch (event.do) {
    case 'approve':
    case 'changes':
      if (agent === undefined) return;
      await driver.report(agent, {
        verdict: event.do === 'approve' ? 'approved' : 'changes_requested',
        findings: event.do === 'changes' ? [{ title: event.about }] : [],
      });
      await driver.advance();
      await driver.exit(agent);
      return;
    case 'exit':
      if (agent) await driver.exit(agent);
      return;
    case 'crash':
      if (agent) await driver.crash(agent);
      return;
    case 'reportFailed':
      if (agent) await driver.exit(agent, { reported: 'failed', result: 'no' });
      return;
    case 'lastWords':
      if (agent) await driver.exit(agent, { result: 'VERDICT: CHANGES REQUESTED' });
      return;
    case 'timeOut':
      if (agent) await driver.exit(agent, { status: 'stopped', stopRequestedBy: 'engine' });
      return;
    case 'personStops':
      if (agent) await driver.exit(agent, { status: 'stopped', stopRequestedBy: 'person' });
      return;
    case 'spend':
      if (agent) await driver.spend(agent, event.usd);
      return;
    case 'pause':
      await driver.host.as(person, 'loop.pause', { loop: driver.id });
      return;
    case 'resume':
      await driver.host.as(person, 'loop.resume', { loop: driver.id });
      return;
    case 'stop':
      await driver.host.as(person, 'loop.stop', { loop: driver.id });
      return;
    case 'approveLoop':
      await driver.host.as(person, 'loop.approve', { loop: driver.id });
      return;
    case 'gateFinal':
    case 'gateBack': {
      const artifact = stages.find(({ status }) => status === 'running')?.artifactId;
      if (loop.status !== 'blocked' || artifact == null) return;
      const row = await driver.host.tables((tables) => tables.artifact.find(artifact));
      if (row?.stage !== 'review') return;
      await driver.host.run('artifact.stage', {
        artifacts: [artifact],
        stage: event.do === 'gateFinal' ? 'final' : 'draft',
        versions: [row.version],
      });
      await driver.advance();
      return;
    }
    case 'advance':
      await driver.advance();
      return;
    case 'hour':
      driver.host.clock.step(3_600_000);
  }
}

async function checkInvariants(driver: LoopDriver): Promise<void> {
  const { loop, rounds, stages, attempts, agents } = await driver.rows();
  const live = agents.filter(({ status }) => isLive(status));
  assert.ok(live.length <= 1, 'never two agents at once');
  assert.ok(rounds.length <= loop.maxIterations, 'never more rounds than allowed');
  assert.ok(rounds.filter(({ status }) => status === 'running').length <= 1);
  assert.ok(stages.filter(({ status }) => status === 'running').length <= 1);
  assert.deepEqual(
    rounds.map(({ number }) => number),
    rounds.map((_, index) => index + 1),
  );
  for (const stage of stages) {
    const tries = attempts
      .filter(({ stageId }) => stageId === stage.id)
      .toSorted((a, b) => a.number - b.number);
    assert.deepEqual(
      tries.map(({ number }) => number),
      tries.map((_, index) => index + 1),
    );
    let failed = 0;
    for (const { outcome } of tries) {
      failed =
        outcome === 'finished' ? 0 : failed + (outcome !== null && failedOutcomes.includes(outcome) ? 1 : 0);
      assert.ok(failed <= maxAttempts, 'never more tries than allowed');
    }
    if (stage.status === 'completed') assert.equal(tries.at(-1)?.outcome, 'finished');
    if (stage.status === 'pending') assert.equal(tries.length, 0);
  }
  assert.ok(attempts.filter(({ endedAt }) => endedAt === null).length <= 1);
  if (loop.status === 'running') assert.equal(live.length, 1, 'a running loop has an agent at work');
  if (loop.status === 'blocked') assert.ok(loop.blockReason, 'a block says why');
  if (loop.status === 'completed') assert.ok(loop.outcome, 'an end says how');
  if (loop.status === 'failed') assert.ok(loop.failure, 'a failure says why');
  if (['completed', 'failed', 'cancelled'].includes(loop.status) && live.length === 0)
    assert.ok(!rounds.some(({ status }) => status === 'running'), 'nothing seems to run after the end');
}

describe('whatever happens to a loop', () => {
  it('it stays within its limits and never has two agents at once', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 40, size: 'max' }),
        fc.boolean(),
        async (events, gated) => {
          const driver = await LoopDriver.create(
            [aDefinition({ maxIterations: 3 })],
            [aRole({ name: 'plan', output: 'plan', gate: gated ? 'person' : null })],
          );
          try {
            await driver.start({ budgetUsd: 10, deadline: driver.later(8 * 3_600_000) });
            await checkInvariants(driver);
            for (const event of events) {
              await happen(driver, event);
              await checkInvariants(driver);
            }
          } finally {
            driver.dispose();
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('it ends by itself when nobody but agents acts', async function () {
    this.timeout(120_000);
    const outcome = fc.constantFrom('approve', 'changes', 'exit', 'crash', 'reportFailed', 'timeOut');
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(outcome), async (stream) => {
        const driver = await LoopDriver.create([aDefinition({ maxIterations: 3 })]);
        try {
          await driver.start();
          // Three rounds of three stages with three tries each, and not one more.
          for (let turns = 0; (await driver.rows()).loop.status === 'running'; turns += 1) {
            assert.ok(turns <= 3 * 3 * maxAttempts, 'it goes on and on');
            const next = stream.next().value as string;
            await happen(driver, { do: next, about: `finding ${turns}` } as Happening);
            await checkInvariants(driver);
          }
        } finally {
          driver.dispose();
        }
      }),
      { numRuns: 25 },
    );
  });
});
