import type { Merge } from '../../domain/merge/merge.ts';
import type { OperationContext } from '../operation.ts';

/**
 * Merges that nobody goes on with unless a person does: those that wait for approval or failed, and conflicts where
 * no agent is given the todo that resolves them. Oldest first; the open queue is short by nature.
 */
export function mergesToDecide({ tables }: Pick<OperationContext, 'tables'>): readonly Merge[] {
  return tables.merge
    .all({ status: ['waiting_approval', 'failed', 'conflict'] })
    .filter(({ status, projectId, conflictTodoId }) => {
      if (status !== 'conflict') return true;
      const project = projectId === null ? undefined : tables.project.find(projectId);
      const todo = conflictTodoId === null ? undefined : tables.todo.find(conflictTodoId);
      return todo === undefined || (todo.status === 'pending' && project?.dispatch !== 'on');
    });
}

/** What the person is asked about it, in a line. */
export function decisionTitle({ status, title, target, files, reason }: Merge): string {
  switch (status) {
    case 'waiting_approval':
      return `Merge into ${target}: ${title}`;
    case 'conflict':
      return `Conflict with ${target} in ${files.length} ${files.length === 1 ? 'file' : 'files'}: ${title}`;
    default:
      return `Not merged into ${target}: ${title}${reason === null ? '' : `. ${reason}`}`;
  }
}
