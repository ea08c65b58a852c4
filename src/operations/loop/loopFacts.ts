import type { LoopId, StageId } from '../../domain/ids.ts';
import type { AttemptFacts, LoopFacts, RoundFacts, StageFacts } from '../../domain/loop/facts.ts';
import { findingsWindow } from '../../domain/loop/findings.ts';
import type { Attempt, Iteration, Loop, Stage } from '../../domain/loop/loop.ts';
import type { OperationContext } from '../operation.ts';

/** What all of a loop's agents have cost so far. */
export const loopCost = ({ tables }: OperationContext, loop: LoopId): number =>
  tables.agent.all({ loopId: loop }).reduce((sum, agent) => sum + agent.costUsd, 0);

/** A loop's rounds in order; bounded by its limit of rounds. */
export const roundsOf = ({ tables }: OperationContext, loop: LoopId): readonly Iteration[] =>
  tables.iteration.all({ loopId: loop }).toSorted((a, b) => a.number - b.number);

export const stagesOf = ({ tables }: OperationContext, round: Iteration): readonly Stage[] =>
  tables.stage.all({ iterationId: round.id }).toSorted((a, b) => a.position - b.position);

export const attemptsOf = ({ tables }: OperationContext, stage: StageId): readonly Attempt[] =>
  tables.attempt.all({ stageId: stage }).toSorted((a, b) => a.number - b.number);

/** Reads what decides the loop's next step. */
export function loopFacts(context: OperationContext, loop: Loop): LoopFacts {
  const rounds = roundsOf(context, loop.id)
    .slice(-findingsWindow)
    .map((round) => roundFacts(context, round));
  return { loop, rounds, costUsd: loopCost(context, loop.id), now: context.now };
}

const roundFacts = (context: OperationContext, round: Iteration): RoundFacts => ({
  ...round,
  stages: stagesOf(context, round).map((stage) => stageFacts(context, stage)),
});

function stageFacts(context: OperationContext, stage: Stage): StageFacts {
  const output = stage.artifactId === null ? undefined : context.tables.artifact.find(stage.artifactId);
  return {
    ...stage,
    attempts: attemptsOf(context, stage.id).map((attempt) => attemptFacts(context, attempt)),
    output: output === undefined ? null : { id: output.id, stage: output.stage },
  };
}

const attemptFacts = ({ tables }: OperationContext, attempt: Attempt): AttemptFacts => ({
  ...attempt,
  agent: attempt.agentId === null ? null : (tables.agent.find(attempt.agentId) ?? null),
});
