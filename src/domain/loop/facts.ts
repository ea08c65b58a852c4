import type { Instant } from '../../base/clock.ts';
import type { Agent } from '../agent/agent.ts';
import type { ArtifactId, IterationId, StageId } from '../ids.ts';
import type { Artifact } from '../artifact/artifact.ts';
import type { Attempt, Iteration, Loop, Stage } from './loop.ts';

/** What of an agent matters to the attempt it makes. */
export type AgentFacts = Pick<
  Agent,
  | 'name'
  | 'status'
  | 'reported'
  | 'result'
  | 'stopRequestedBy'
  | 'exitCode'
  | 'exitSignal'
  | 'startRefused'
  | 'attention'
>;

export interface AttemptFacts extends Pick<Attempt, 'id' | 'number' | 'outcome' | 'reason' | 'endedAt'> {
  /** null once the agent was deleted. */
  readonly agent: AgentFacts | null;
}

export interface StageFacts extends Pick<
  Stage,
  'position' | 'name' | 'role' | 'status' | 'verdict' | 'findings' | 'summary'
> {
  readonly id: StageId;
  /** In order of their numbers. */
  readonly attempts: readonly AttemptFacts[];
  /** What it produced; null while there is nothing, or once that was deleted. */
  readonly output: { readonly id: ArtifactId; readonly stage: Artifact['stage'] } | null;
}

export interface RoundFacts extends Pick<Iteration, 'number' | 'status'> {
  readonly id: IterationId;
  readonly stages: readonly StageFacts[];
}

/** Everything that decides a loop's next step. All of it comes from rows, so a restart changes nothing. */
export interface LoopFacts {
  readonly loop: Pick<Loop, 'id' | 'status' | 'frozen' | 'maxIterations' | 'deadline' | 'budgetUsd'>;
  /** The newest rounds in order, at least `findingsWindow` of them where there are as many. */
  readonly rounds: readonly RoundFacts[];
  readonly costUsd: number;
  readonly now: Instant;
}
