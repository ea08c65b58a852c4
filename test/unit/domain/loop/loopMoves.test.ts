import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  checkIterationMove,
  checkLoopMove,
  checkStageMove,
  iterationMoves,
  iterationStatuses,
  loopMoves,
  loopStatuses,
  stageMoves,
  stageStatuses,
} from '../../../../src/domain/loop/loop.ts';
import type { Result } from '../../../../src/base/result.ts';

/** The moves of DESIGN section 4, written out again: the table must say the same. */
const legal = {
  loop: [
    'running paused',
    'paused running',
    'running cancelled',
    'paused cancelled',
    'blocked cancelled',
    'running completed',
    'running failed',
    'running blocked',
    'blocked running',
    'blocked completed',
    'completed running',
  ],
  iteration: ['pending running', 'running completed', 'running failed', 'running needs_rework'],
  stage: ['pending running', 'running completed', 'running failed'],
};

function everyPair<S extends string>(
  noun: keyof typeof legal,
  statuses: readonly S[],
  table: Readonly<Record<S, readonly S[]>>,
  check: (from: S, to: S) => Result<S>,
) {
  describe(`moves of a ${noun}`, () => {
    for (const from of statuses)
      for (const to of statuses) {
        const allowed = legal[noun].includes(`${from} ${to}`);
        it(`${from} → ${to} is ${allowed ? 'allowed' : 'refused'}`, () => {
          const result = check(from, to);
          assert.equal(result.ok, allowed);
          if (result.ok) return;
          assert.match(result.refusal.message, new RegExp(`is ${from} and cannot become ${to}`));
          for (const other of table[from]) assert.match(result.refusal.next, new RegExp(other));
        });
      }
  });
}

everyPair('loop', loopStatuses, loopMoves, (status, to) => checkLoopMove({ id: 'l' as never, status }, to));
everyPair('iteration', iterationStatuses, iterationMoves, (status, to) =>
  checkIterationMove({ number: 1, status }, to),
);
everyPair('stage', stageStatuses, stageMoves, (status, to) =>
  checkStageMove({ id: 's' as never, name: 'plan', status }, to),
);
