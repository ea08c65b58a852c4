import type { SprintId } from '../../domain/ids.ts';
import type { Iteration } from '../../domain/loop/loop.ts';
import type { SprintStatus } from '../../domain/sprint/sprint.ts';
import type { OperationContext } from '../operation.ts';
import { moveSprint, type SprintMoveOptions } from '../sprint/moveSprint.ts';

// A round's sprint moves through the states that any sprint has. A person may have moved or deleted it
// meanwhile; then it is left as they put it.

export const startSprint = (context: OperationContext, sprint: SprintId): void =>
  walk(context, sprint, { planned: 'in_progress' });

/** The stage that decides has begun: what the sprint brought is looked at. */
export const reviewSprint = (context: OperationContext, sprint: SprintId | null): void =>
  walk(context, sprint, { in_progress: 'review' });

/** Completed, sent back, or left undone, as its round ended. */
export function finishSprint(context: OperationContext, round: Iteration): void {
  const options = { notes: round.outcome ?? undefined, forced: true };
  if (round.status === 'completed')
    walk(context, round.sprintId, { in_progress: 'review', review: 'complete' }, options);
  else walk(context, round.sprintId, { in_progress: 'blocked', review: 'rejected' }, options);
}

/** The person approved the work as it is, although its last round was sent back or left undone. */
export const approveSprint = (context: OperationContext, sprint: SprintId | null): void =>
  walk(
    context,
    sprint,
    { blocked: 'in_progress', rejected: 'in_progress', in_progress: 'review', review: 'complete' },
    { forced: true },
  );

function walk(
  context: OperationContext,
  id: SprintId | null,
  way: Partial<Record<SprintStatus, SprintStatus>>,
  options: SprintMoveOptions = {},
): void {
  let sprint = id === null ? undefined : context.tables.sprint.find(id);
  for (let to = sprint && way[sprint.status]; sprint && to; to = way[sprint.status])
    sprint = moveSprint(context, sprint, to, options);
}
