import { attemptEnd, failedOutcomes, hasLiveAgent, type AttemptEnd } from './attemptEnd.ts';
import type { AttemptFacts, LoopFacts, RoundFacts, StageFacts } from './facts.ts';
import { spentLimit } from './limits.ts';
import { maxAttempts } from './loop.ts';
import { cutShort, isLastRole, judgeRound } from './roundEnd.ts';
import type { LoopStep } from './step.ts';

const wait = (reason: 'agent' | 'person' | 'nothing'): LoopStep => ({ do: 'wait', for: reason });

/** Decides one step of a loop from its rows alone: asked twice with the same rows, it says the same. */
export function nextStep(facts: LoopFacts): LoopStep {
  const round = facts.rounds.at(-1);
  const stage = round?.stages.find((candidate) => candidate.status === 'running');
  // A process that lives is waited for whatever the loop's state: two at once must never be.
  if (stage?.attempts.some(hasLiveAgent)) return wait('agent');
  const attempt = stage?.attempts.at(-1);
  if (stage !== undefined && attempt !== undefined && attempt.endedAt === null)
    return endAttempt(facts, stage, attempt);
  switch (facts.loop.status) {
    case 'running':
      return runningStep(facts, round);
    case 'blocked':
      return blockedStep(facts, round, stage, attempt);
    case 'completed':
    case 'cancelled':
      return windUp(facts.loop.status, round, stage);
    case 'paused':
      return wait('person');
    case 'failed':
      return wait('nothing');
  }
}

function endAttempt(facts: LoopFacts, stage: StageFacts, attempt: AttemptFacts): LoopStep {
  const decides = isLastRole(facts.loop.frozen, stage) && facts.loop.frozen.termination.type !== 'rounds';
  const end: AttemptEnd =
    attempt.outcome === null
      ? attemptEnd(attempt.agent, decides)
      : { outcome: attempt.outcome, reason: attempt.reason, verdict: null };
  // Who stops an agent by hand does not want another one started in its place; and what keeps an agent from
  // starting keeps the next one too, until a person has mended it.
  const isTheirs = end.outcome === 'stopped' || end.outcome === 'unstartable';
  const block =
    isTheirs && facts.loop.status === 'running'
      ? `${stage.name}: ${end.reason ?? 'stopped.'} Resume the loop to start the stage again.`
      : null;
  return { do: 'endAttempt', stage: stage.id, attempt: attempt.id, ...end, block };
}

function runningStep(facts: LoopFacts, round: RoundFacts | undefined): LoopStep {
  const { loop, costUsd, now } = facts;
  if (round?.status !== 'running') {
    // The first round, the next one, or one more after a person resumed the loop.
    const number = (round?.number ?? 0) + 1;
    const spent = spentLimit(loop, costUsd, now) !== null || number > loop.maxIterations;
    return spent ? { do: 'complete', outcome: 'limit_reached' } : { do: 'startRound', number };
  }
  const failed = round.stages.find((candidate) => candidate.status === 'failed');
  const stage = round.stages.find((candidate) => candidate.status !== 'completed');
  if (failed !== undefined || stage === undefined)
    return { do: 'endRound', round: round.id, ...judgeRound(facts, round) };
  const attempt = stage.attempts.at(-1);
  if (attempt?.outcome === 'finished') return finishedStep(facts, stage);
  const tries = triesSinceFinished(stage.attempts);
  if (tries >= maxAttempts)
    return {
      do: 'failStage',
      stage: stage.id,
      reason: `${tries} tries failed; the last: ${attempt?.reason ?? 'unknown'}`,
    };
  return startUnlessSpent(facts, round, { do: 'startAttempt', ...nextAttempt(stage) });
}

const nextAttempt = (stage: StageFacts) => ({
  stage: stage.id,
  number: (stage.attempts.at(-1)?.number ?? 0) + 1,
});

/** Deadline and budget hold before every start, not only between rounds. */
function startUnlessSpent(facts: LoopFacts, round: RoundFacts, start: LoopStep): LoopStep {
  const spent = spentLimit(facts.loop, facts.costUsd, facts.now);
  return spent === null ? start : { do: 'endRound', round: round.id, ...cutShort(spent) };
}

/** A rework that a person asked for begins the count anew: those tries were not failures. */
function triesSinceFinished(attempts: readonly AttemptFacts[]): number {
  const last = attempts.findLastIndex(({ outcome }) => outcome === 'finished');
  return attempts
    .slice(last + 1)
    .filter(({ outcome }) => outcome !== null && failedOutcomes.includes(outcome)).length;
}

const isGated = (facts: LoopFacts, stage: StageFacts): boolean =>
  facts.loop.frozen.roles[stage.position]?.gate === 'person';

function finishedStep(facts: LoopFacts, stage: StageFacts): LoopStep {
  const { output } = stage;
  if (!isGated(facts, stage) || output === null || output.stage === 'final')
    return { do: 'completeStage', stage: stage.id };
  const reason = `${stage.name}: artifact ${output.id} waits for your review.`;
  return { do: 'askPerson', stage: stage.id, artifact: output.id, reason };
}

/** A blocked loop goes on by itself only when the person has decided about the artifact at its gate. */
function blockedStep(
  facts: LoopFacts,
  round: RoundFacts | undefined,
  stage: StageFacts | undefined,
  attempt: AttemptFacts | undefined,
): LoopStep {
  if (round === undefined || stage === undefined || attempt?.outcome !== 'finished') return wait('person');
  if (!isGated(facts, stage) || stage.output?.stage === 'final') return { do: 'unblock' };
  if (stage.output?.stage === 'review') return wait('person');
  return startUnlessSpent(facts, round, { do: 'rework', ...nextAttempt(stage) });
}

/** Ends what a stopped or approved loop left open, so that nothing seems to run that does not. */
function windUp(
  status: 'completed' | 'cancelled',
  round: RoundFacts | undefined,
  stage: StageFacts | undefined,
): LoopStep {
  if (round?.status !== 'running') return wait('nothing');
  const approved = status === 'completed';
  if (stage !== undefined)
    return stage.attempts.at(-1)?.outcome === 'finished'
      ? { do: 'completeStage', stage: stage.id }
      : {
          do: 'failStage',
          stage: stage.id,
          reason: approved ? 'The person approved the loop before it was done.' : 'The loop was stopped.',
        };
  return {
    do: 'endRound',
    round: round.id,
    status: approved ? 'completed' : 'failed',
    outcome: approved ? 'approved by the person' : 'stopped',
    then: { do: 'nothing' },
  };
}
