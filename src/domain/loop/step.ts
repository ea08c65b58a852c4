import type { ArtifactId, AttemptId, IterationId, StageId } from '../ids.ts';
import type { AttemptEnd } from './attemptEnd.ts';
import type { IterationStatus, LoopOutcome } from './loop.ts';

/** What becomes of the loop when a round has ended. */
export type AfterRound =
  | { readonly do: 'nextRound' }
  | { readonly do: 'complete'; readonly outcome: LoopOutcome }
  | { readonly do: 'fail'; readonly failure: string }
  | { readonly do: 'block'; readonly reason: string }
  | { readonly do: 'nothing' };

export interface RoundEnd {
  readonly status: IterationStatus;
  readonly outcome: string;
  readonly then: AfterRound;
}

/** One step of a loop. After each the facts are read again, until the step is to wait. */
export type LoopStep =
  | { readonly do: 'wait'; readonly for: 'agent' | 'person' | 'nothing' }
  | { readonly do: 'startRound'; readonly number: number }
  | { readonly do: 'startAttempt'; readonly stage: StageId; readonly number: number }
  | ({
      readonly do: 'endAttempt';
      readonly stage: StageId;
      readonly attempt: AttemptId;
      /** Why the loop then waits for a person; null where it need not. */
      readonly block: string | null;
    } & AttemptEnd)
  | {
      readonly do: 'askPerson';
      readonly stage: StageId;
      readonly artifact: ArtifactId;
      readonly reason: string;
    }
  | { readonly do: 'unblock' }
  | { readonly do: 'rework'; readonly stage: StageId; readonly number: number }
  | { readonly do: 'completeStage'; readonly stage: StageId }
  | { readonly do: 'failStage'; readonly stage: StageId; readonly reason: string }
  | ({ readonly do: 'endRound'; readonly round: IterationId } & RoundEnd)
  | { readonly do: 'complete'; readonly outcome: LoopOutcome };
