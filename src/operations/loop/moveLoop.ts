import { expectOk } from '../../base/result.ts';
import {
  checkIterationMove,
  checkLoopMove,
  checkStageMove,
  type Iteration,
  type IterationStatus,
  type Loop,
  type LoopStatus,
  type Stage,
  type StageStatus,
} from '../../domain/loop/loop.ts';
import type { OperationContext } from '../operation.ts';

/** The one place that writes a loop's status. Clears what no longer holds. */
export function moveLoop(
  context: OperationContext,
  loop: Loop,
  to: LoopStatus,
  fields: Partial<Loop> = {},
): Loop {
  const status = expectOk(checkLoopMove(loop, to));
  const ended = status === 'completed' || status === 'failed' || status === 'cancelled';
  const moved: Loop = {
    ...loop,
    blockReason: null,
    outcome: null,
    completedAt: ended ? context.now : null,
    ...fields,
    status,
    updatedAt: context.now,
  };
  context.tables.loop.update(moved);
  return moved;
}

/** The one place that writes a round's status. */
export function moveIteration(
  { tables, now }: OperationContext,
  iteration: Iteration,
  to: IterationStatus,
  outcome: string | null = null,
): Iteration {
  const status = expectOk(checkIterationMove(iteration, to));
  const times = status === 'running' ? { startedAt: now } : { completedAt: now };
  const moved: Iteration = { ...iteration, ...times, outcome, status };
  tables.iteration.update(moved);
  return moved;
}

/** The one place that writes a stage's status. */
export function moveStage(
  { tables, now }: OperationContext,
  stage: Stage,
  to: StageStatus,
  fields: Partial<Stage> = {},
): Stage {
  const status = expectOk(checkStageMove(stage, to));
  const times = status === 'running' ? { startedAt: now } : { completedAt: now };
  const moved: Stage = { ...stage, ...times, ...fields, status };
  tables.stage.update(moved);
  return moved;
}
