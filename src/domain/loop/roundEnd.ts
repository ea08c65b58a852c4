import type { LoopDefinition } from './definition.ts';
import type { LoopFacts, RoundFacts, StageFacts } from './facts.ts';
import { findingsKey, findingsWindow } from './findings.ts';
import { roundLimit } from './limits.ts';
import type { RoundEnd } from './step.ts';

/** The last role decides: its verdict is the round's. */
export const isLastRole = (definition: LoopDefinition, stage: Pick<StageFacts, 'position'>): boolean =>
  stage.position === definition.roles.length - 1;

/**
 * Judges a round whose stages have ended, in DESIGN's order: a failed stage, then approval (also in the last
 * round allowed), then the limits, then the same findings over and over, else the next round.
 */
export function judgeRound(facts: LoopFacts, round: RoundFacts): RoundEnd {
  const { loop, costUsd, now } = facts;
  const failed = round.stages.find((stage) => stage.status === 'failed');
  if (failed !== undefined) {
    const failure =
      `Round ${round.number}, ${failed.name}: ${failed.attempts.length} attempts, none finished. ${
        failed.attempts.at(-1)?.reason ?? ''
      }`.trim();
    return { status: 'failed', outcome: `${failed.name} failed`, then: { do: 'fail', failure } };
  }
  const { type } = loop.frozen.termination;
  const limit = roundLimit(loop, round.number, costUsd, now);
  if (type === 'rounds') {
    const done = round.number >= loop.maxIterations;
    if (limit === null) return { status: 'completed', outcome: 'done', then: { do: 'nextRound' } };
    return {
      status: 'completed',
      outcome: limit,
      then: { do: 'complete', outcome: done ? 'rounds_done' : 'limit_reached' },
    };
  }
  if (round.stages.at(-1)?.verdict === 'approved')
    return type === 'verdict'
      ? { status: 'completed', outcome: 'approved', then: { do: 'complete', outcome: 'approved' } }
      : { status: 'completed', outcome: 'goal reached', then: { do: 'complete', outcome: 'goal_reached' } };
  const asked = changesText(round);
  if (limit !== null)
    return {
      status: 'needs_rework',
      outcome: `${asked}; ${limit}`,
      then: { do: 'complete', outcome: 'limit_reached' },
    };
  if (isStuck(facts.rounds))
    return {
      status: 'needs_rework',
      outcome: `${asked}, the same as in the ${findingsWindow - 1} rounds before`,
      then: {
        do: 'block',
        reason: `The review asked for the same changes ${findingsWindow} rounds running. Resume the loop for another round, approve it as it is, or stop it.`,
      },
    };
  return { status: 'needs_rework', outcome: asked, then: { do: 'nextRound' } };
}

/** A round that a deadline or budget ends between two of its stages. */
export const cutShort = (limit: string): RoundEnd => ({
  status: 'needs_rework',
  outcome: `cut short: ${limit}`,
  then: { do: 'complete', outcome: 'limit_reached' },
});

function changesText(round: RoundFacts): string {
  const count = round.stages.at(-1)?.findings.length ?? 0;
  return `changes requested (${count} ${count === 1 ? 'finding' : 'findings'})`;
}

function isStuck(rounds: readonly RoundFacts[]): boolean {
  const reviews = rounds.slice(-findingsWindow).map((round) => round.stages.at(-1));
  const [first] = reviews;
  if (first === undefined || reviews.length < findingsWindow) return false;
  return reviews.every(
    (review) =>
      review?.verdict === 'changes_requested' &&
      review.status === 'completed' &&
      findingsKey(review) === findingsKey(first),
  );
}
