import type { Project } from '../../domain/project/project.ts';
import type { Sprint } from '../../domain/sprint/sprint.ts';
import { openMergeStatuses } from '../../domain/merge/merge.ts';
import { openTodoStatuses } from '../../domain/todo/todo.ts';
import type { OperationContext } from '../operation.ts';
import { moveSprint } from '../sprint/moveSprint.ts';

/**
 * Moves the sprints of dispatched projects on: approved ones start when what they depend on is complete; started
 * ones go to review when all of their todos are done and merged, and in an autonomous project are complete with it.
 * @returns how many moved.
 */
export function settleSprints(context: OperationContext): number {
  const { tables } = context;
  return tables.project
    .all({ dispatch: 'on', status: 'active' })
    .flatMap((project) =>
      tables.sprint
        .all({ projectId: project.id, status: ['approved', 'in_progress'], origin: 'person' })
        .filter((sprint) => settle(context, project, sprint)),
    ).length;
}

function settle(context: OperationContext, project: Project, sprint: Sprint): boolean {
  if (sprint.status === 'approved') return startIfFree(context, sprint);
  if (!isDone(context, sprint)) return false;
  const reviewed = moveSprint(context, sprint, 'review');
  if (project.mode === 'autonomous') moveSprint(context, reviewed, 'complete');
  return true;
}

function startIfFree(context: OperationContext, sprint: Sprint): boolean {
  const table = context.tables.sprint;
  const waits = table.dependencies.of(sprint.id).some((id) => table.find(id)?.status !== 'complete');
  if (!waits) moveSprint(context, sprint, 'in_progress');
  return !waits;
}

function isDone({ tables }: OperationContext, { id }: Sprint): boolean {
  return (
    tables.todo.count({ sprintId: id, status: openTodoStatuses }) === 0 &&
    tables.todo.count({ sprintId: id, status: 'completed' }) > 0 &&
    tables.merge.count({ sprintId: id, level: 'todo', status: openMergeStatuses }) === 0
  );
}
