import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { processStart } from '../../../src/engine/processIdentity.ts';
import { LoopWorld, type Turn } from './loopWorld.ts';

const roles = ['plan', 'coder', 'reviewer'] as const;
const names = { plan: 'plan', coder: 'code', reviewer: 'review' } as const;
const rounds = [1, 2] as const;
const turnsInOrder = rounds.flatMap((round) => roles.map((role) => ({ role, round })));

describe('a host that is killed while a loop runs', function () {
  this.timeout(300_000);
  let world: LoopWorld;
  beforeEach(() => {
    world = new LoopWorld();
  });
  afterEach(() => world.close());

  /** Each turn waits twice: before it hands in, and before its process ends. */
  const turn = ({ role, round }: { role: (typeof roles)[number]; round: number }): Turn => ({
    role,
    round,
    steps: [
      world.hold(`${role}-${round}-before`),
      { say: `${role} in round ${round}` },
      { finish: { summary: `${role} ${round}`, ...(role === 'reviewer' ? verdictOf(round) : {}) } },
      world.hold(`${role}-${round}-after`),
    ],
  });

  const verdictOf = (round: number) =>
    round === 1
      ? { verdict: 'changes_requested', findings: [{ title: 'not yet', file: 'a.js' }] }
      : { verdict: 'approved' };

  async function checkEnd(): Promise<void> {
    const loop = await world.untilLoop(({ status }) => status !== 'running', 'the end');
    assert.deepEqual([loop.status, loop.outcome, loop.round], ['completed', 'approved', 2]);
    assert.deepEqual(
      loop.rounds.map(({ status }) => status),
      ['needs_rework', 'completed'],
    );
    for (const round of loop.rounds)
      for (const stage of round.stages)
        assert.deepEqual(
          [stage.status, stage.attempts.map(({ outcome }) => outcome)],
          ['completed', ['finished']],
          `${stage.name} of round ${round.number}`,
        );
    // Nothing ran twice, and nothing ran beside anything else.
    assert.deepEqual(
      world.trace().map(({ what, stage }) => `${what} ${stage}`),
      turnsInOrder.flatMap(({ role, round }) => [`start ${role}-${round}`, `end ${role}-${round}`]),
    );
  }

  async function restart(): Promise<void> {
    await world.killHost();
    await world.startHost();
  }

  const handedIn = ({ role, round }: { role: (typeof roles)[number]; round: number }) =>
    world.untilLoop(
      (loop) =>
        loop.rounds
          .find(({ number }) => number === round)
          ?.stages.find(({ name }) => name === names[role])
          ?.attempts.at(-1)?.outcome === 'finished',
      `${role} ${round} is handed in`,
    );

  it('in the middle of every stage: the loop ends as it would have', async () => {
    world.script(turnsInOrder.map(turn));
    await world.startHost();
    await world.start();
    for (const { role, round } of turnsInOrder) {
      await world.untilTraced('start', `${role}-${round}`);
      await restart();
      world.letGo(`${role}-${round}-before`);
      await handedIn({ role, round });
      await restart();
      world.letGo(`${role}-${round}-after`);
    }
    await checkEnd();
  });

  it('at every stage’s end, which its agent reaches while there is no host', async () => {
    world.script(turnsInOrder.map(turn));
    await world.startHost();
    await world.start();
    for (const { role, round } of turnsInOrder) {
      world.letGo(`${role}-${round}-before`);
      await handedIn({ role, round });
      await world.killHost();
      world.letGo(`${role}-${round}-after`);
      await world.untilTraced('end', `${role}-${round}`);
      await world.startHost();
    }
    await checkEnd();
  });

  it('for longer than its agent’s runner waits: the next host reads what that one left', async () => {
    world.script([
      turn({ role: 'plan', round: 1 }),
      { role: 'coder', steps: [{ finish: { summary: 'coded' } }] },
      { role: 'reviewer', steps: [{ finish: { summary: 'good', verdict: 'approved' } }] },
    ]);
    await world.startHost();
    await world.start();
    world.letGo('plan-1-before');
    await handedIn({ role: 'plan', round: 1 });
    const [planner] = (await world.run('agent.list', { limit: 1 })).items;
    const { pid } = await world.run('agent.show', { agent: planner?.name ?? '' });
    await world.killHost();
    world.letGo('plan-1-after');
    await world.until(async () => (await processStart(pid ?? 0)) === null, 'the runner has ended');
    const spool = path.join(world.store, 'spool');
    assert.deepEqual(readdirSync(spool), [`${planner?.id}-1.jsonl`]);
    await world.startHost();
    const loop = await world.untilLoop(({ status }) => status !== 'running', 'the end');
    assert.equal(loop.outcome, 'approved');
    assert.deepEqual(
      loop.rounds[0]?.stages.map(({ attempts }) =>
        attempts.map(({ outcome, exitCode }) => [outcome, exitCode]),
      ),
      [[['finished', 0]], [['finished', 0]], [['finished', 0]]],
    );
    assert.deepEqual(readdirSync(spool), []);
  });

  it('around every stage boundary, sooner and later', async () => {
    world.script(turnsInOrder.map(turn));
    await world.startHost();
    await world.start();
    for (const [index, { role, round }] of turnsInOrder.entries()) {
      world.letGo(`${role}-${round}-before`);
      await handedIn({ role, round });
      world.letGo(`${role}-${round}-after`);
      await world.untilTraced('end', `${role}-${round}`);
      // Wherever between the process's end and the next one's start this falls, the end is the same.
      await sleep(index * 40);
      await restart();
    }
    await checkEnd();
  });
});
