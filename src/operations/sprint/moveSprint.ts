import { expectOk } from '../../base/result.ts';
import { openTodoStatuses } from '../../domain/todo/todo.ts';
import { checkSprintMove, type Sprint, type SprintStatus } from '../../domain/sprint/sprint.ts';
import { callerSession } from '../lookup.ts';
import { queueSprint } from '../merge/queueBranches.ts';
import type { OperationContext } from '../operation.ts';

export interface SprintMoveOptions {
  /** What the reviewer asks to change; kept when the sprint is rejected. */
  readonly notes?: string | undefined;
  /** Complete it although todos are open. */
  readonly forced?: boolean | undefined;
}

/** The one place that writes a sprint's status: checks the rules around the table, counts rounds, stamps. What is complete is merged. */
export function moveSprint(
  context: OperationContext,
  sprint: Sprint,
  to: SprintStatus,
  { notes, forced = false }: SprintMoveOptions = {},
): Sprint {
  const { tables, caller, now } = context;
  const status = expectOk(
    checkSprintMove(sprint, to, {
      projectMode: tables.project.find(sprint.projectId)?.mode ?? 'autonomous',
      waitsFor: tables.sprint.dependencies
        .of(sprint.id)
        .flatMap((id) => tables.sprint.find(id) ?? [])
        .filter((other) => other.status !== 'complete'),
      openTodos: tables.todo.count({ sprintId: sprint.id, status: openTodoStatuses }),
      forced,
    }),
  );
  const moved: Sprint = {
    ...sprint,
    status,
    ...stamps(sprint, status, now),
    ...(status === 'rejected'
      ? { reviewRound: sprint.reviewRound + 1, reviewerNotes: notes ?? sprint.reviewerNotes }
      : {}),
    lastSessionId: callerSession(caller) ?? sprint.lastSessionId,
    updatedAt: now,
  };
  tables.sprint.update(moved);
  if (status === 'complete') queueSprint(context, moved);
  return moved;
}

function stamps(sprint: Sprint, to: SprintStatus, now: Sprint['updatedAt']): Partial<Sprint> {
  switch (to) {
    case 'approved':
      return { approvedAt: now };
    case 'planned':
      return { approvedAt: null };
    case 'in_progress':
      return { startDate: sprint.startDate ?? now };
    case 'complete':
      return { completedAt: now };
    case 'review':
    case 'blocked':
    case 'rejected':
      return {};
  }
}
