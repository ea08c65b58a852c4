import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ShownLoop } from '../../../../src/protocol/loop.ts';
import { loopMoves, loopStatuses } from '../../../../src/domain/loop/loop.ts';
import { liftedLimit, movesOf, type MoveName } from '../../../../webview-ui/loop/model/moves.ts';
import type { Snapshot } from '../../../../webview-ui/loop/model/snapshot.ts';
import { aRole, LoopDriver } from '../../../support/loopDriver.ts';
import {
  aFinding,
  aLoop,
  aLoopAtGate,
  anArtifact,
  aRound,
  aReworkedRound,
  aSnapshot,
} from '../../../support/loopFixtures.ts';

const allowed = (snapshot: Snapshot): readonly MoveName[] =>
  Object.entries(movesOf(snapshot, snapshot.readAt)).flatMap(([name, move]) =>
    move.allowed ? [name as MoveName] : [],
  );

describe('what may be done with a loop', () => {
  it('follows the table of its statuses', () => {
    for (const status of loopStatuses) {
      const moves = movesOf(aSnapshot(aLoop({ status })), 0);
      const next: readonly string[] = loopMoves[status];
      assert.equal(moves.pause.allowed, next.includes('paused'), `${status}: pause`);
      assert.equal(moves.stop.allowed, next.includes('cancelled'), `${status}: stop`);
      // A completed loop goes on only from a limit.
      assert.equal(
        moves.resume.allowed,
        next.includes('running') && status !== 'completed',
        `${status}: resume`,
      );
    }
  });

  it('is nothing but stopping at a gate, and says what is to be decided', () => {
    const snapshot = aSnapshot(aLoopAtGate(), { gateArtifact: anArtifact('plan') });
    assert.deepEqual(allowed(snapshot), ['stop']);
    const { approve } = movesOf(snapshot, 0);
    assert.match(approve.allowed ? '' : approve.why, /Decide about the plan first/);
  });

  it('at a limit is one more round, or one’s own approval', () => {
    const limit = aLoop({ status: 'completed', outcome: 'limit_reached', rounds: [aReworkedRound(1, [])] });
    assert.deepEqual(allowed(aSnapshot(limit)), ['approve', 'oneMoreRound']);
    assert.deepEqual(allowed(aSnapshot(aLoop({ status: 'completed', outcome: 'approved' }))), []);
    const spent = { ...limit, budgetUsd: 1, costUsd: 1 };
    assert.deepEqual(allowed(aSnapshot(spent)), ['approve']);
    const late = aSnapshot({ ...limit, deadline: limit.startedAt, timeLeftMs: 500 });
    assert.ok(movesOf(late, late.readAt).oneMoreRound.allowed);
    assert.ok(!movesOf(late, late.readAt + 1000).oneMoreRound.allowed);
  });

  it('lifts the limit by one round', () => {
    const paused = aLoop({ status: 'paused', maxIterations: 5, rounds: [aRound(1)] });
    assert.equal(liftedLimit(paused), 6);
    const stuck = { ...paused, status: 'blocked' as const, round: 5, rounds: [aReworkedRound(5, [])] };
    assert.equal(liftedLimit(stuck), 6);
    assert.equal(liftedLimit({ ...stuck, round: 3, rounds: [aReworkedRound(3, [])] }), 5);
  });
});

describe('what the view offers and what the operations allow', () => {
  let driver: LoopDriver;
  beforeEach(async () => {
    driver = await LoopDriver.create(undefined, [aRole({ name: 'plan', output: 'plan', gate: 'person' })]);
  });
  afterEach(() => driver.dispose());

  /** Tries each move, on a loop of its own: most cannot be taken back. */
  async function agree(arrange: () => Promise<void>): Promise<void> {
    for (const name of ['pause', 'resume', 'stop', 'approve', 'oneMoreRound'] as const) {
      const loop = await driver.start({ maxIterations: 2 });
      await arrange();
      const shown: ShownLoop = await driver.host.run('loop.show', { loop });
      const waiting = shown.rounds.at(-1)?.stages.find(({ status }) => status === 'running')?.artifactId;
      const gateArtifact =
        waiting == null ? null : await driver.host.run('artifact.show', { artifact: waiting });
      const moves = movesOf(aSnapshot(shown, { readAt: 0, gateArtifact }), 0);
      // To resume a loop that ended at a limit is to give it one more round, and is called that.
      const move = shown.status === 'completed' && name === 'resume' ? moves.oneMoreRound : moves[name];
      const operation = name === 'oneMoreRound' ? 'resume' : name;
      const lifted = name === 'oneMoreRound' ? { maxIterations: liftedLimit(shown) } : {};
      const result = await driver.host.as(driver.host.person, `loop.${operation}`, {
        loop: shown.id,
        ...lifted,
      });
      assert.equal(move.allowed, result.ok, `${name} of a loop that is ${shown.status}`);
    }
  }

  const approvePlan = async (): Promise<void> => {
    const { stages } = await driver.rows();
    const artifact = stages.findLast(
      ({ name, artifactId }) => name === 'plan' && artifactId !== null,
    )?.artifactId;
    if (artifact == null) throw new Error('the plan has no artifact');
    const { version } = await driver.host.run('artifact.show', { artifact });
    await driver.host.run('artifact.stage', { artifacts: [artifact], stage: 'final', versions: [version] });
    await driver.advance();
  };
  const round = async (number: number): Promise<void> => {
    await driver.finish({ output: `# Plan ${number}` });
    await approvePlan();
    await driver.finish();
    await driver.finish({ verdict: 'changes_requested', findings: [{ title: `finding ${number}` }] });
  };

  it('are the same while it runs', () => agree(() => Promise.resolve()));

  it('are the same at a gate', () => agree(async () => void (await driver.finish({ output: '# Plan' }))));

  it('are the same while it is paused', () =>
    agree(async () => void (await driver.host.run('loop.pause', { loop: driver.id }))));

  it('are the same once it was stopped', () =>
    agree(async () => void (await driver.host.run('loop.stop', { loop: driver.id }))));

  it('are the same when its agent was stopped', () =>
    agree(async () => {
      const agent = await driver.mustLive();
      await driver.host.run('agent.stop', { agents: [agent.name] });
      await driver.exit(agent);
    }));

  it('are the same at a limit', () =>
    agree(async () => {
      await round(1);
      await round(2);
    }));
});

it('a loop whose findings came back thrice offers what a person can decide', () => {
  const rounds = [1, 2, 3].map((number) => aReworkedRound(number, [aFinding('a')]));
  const snapshot = aSnapshot(aLoop({ status: 'blocked', rounds }));
  assert.deepEqual(allowed(snapshot), ['resume', 'stop', 'approve', 'oneMoreRound']);
});
