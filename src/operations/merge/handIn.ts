import type { Agent } from '../../domain/agent/agent.ts';
import { openMergeStatuses, type Merge } from '../../domain/merge/merge.ts';
import type { Todo } from '../../domain/todo/todo.ts';
import type { Worktree } from '../../domain/worktree/worktree.ts';
import { insertFresh } from '../insertFresh.ts';
import type { OperationContext } from '../operation.ts';
import { moveMerge } from './moveMerge.ts';

/** What an agent is told whose work waits to be merged. */
export const handedInText =
  'Your work is handed in. It is merged, and your todo completed, when your process has ended: commit everything and end your turn now.';

/**
 * Takes in the work that an agent did in worktrees of its own: it is queued to be merged, and its todo is completed
 * when that is recorded. False where it has none: then nothing was done.
 */
export function handIn(context: OperationContext, agent: Agent, todo: Todo, summary: string): boolean {
  const { tables, now } = context;
  const worktrees = tables.worktree.all({ agentId: agent.id, status: 'ready' });
  if (worktrees.length === 0) return false;
  for (const worktree of worktrees) queueWork(context, agent, todo, worktree);
  tables.todo.update({ ...todo, completionSummary: summary, updatedAt: now });
  return true;
}

function queueWork(context: OperationContext, agent: Agent, todo: Todo, worktree: Worktree): void {
  const { tables, now } = context;
  const work = {
    agentId: agent.id,
    agentName: agent.name,
    worktreeId: worktree.id,
    reason: `It is merged when ${agent.name} has ended.`,
  };
  const open = entryOf(context, todo, worktree);
  if (open !== undefined) {
    if (open.status === 'queued' || open.status === 'waiting_approval')
      tables.merge.update({ ...open, ...work, updatedAt: now });
    else moveMerge(context, open, 'queued', work);
    return;
  }
  const project = todo.projectId === null ? undefined : tables.project.find(todo.projectId);
  insertFresh(context, tables.merge, 'merge', {
    level: 'todo',
    projectId: todo.projectId,
    sessionId: agent.sessionId,
    sprintId: todo.sprintId,
    todoId: todo.id,
    ...work,
    repositoryId: worktree.repositoryId,
    repositoryPath: worktree.repositoryPath ?? '',
    source: worktree.branch,
    target: worktree.baseBranch,
    title: `Merge todo ${todo.id}: ${todo.title}`,
    // Without a project there is no branch between the work and the repository's own.
    ...(project === undefined
      ? {
          status: 'waiting_approval',
          reason: `A person has to approve it: it goes into ${worktree.baseBranch}.`,
        }
      : { status: 'queued' }),
    files: [],
    conflictTodoId: null,
    mergedCommit: null,
    requestedBy: agent.name,
    approvedBy: null,
    createdAt: now,
    updatedAt: now,
    endedAt: null,
  });
}

/** The entry that this work belongs to already: handed in before, or in conflict and resolved by this todo. */
function entryOf({ tables }: OperationContext, todo: Todo, worktree: Worktree): Merge | undefined {
  const open = { status: openMergeStatuses, source: worktree.branch };
  return [
    ...tables.merge.all({ ...open, conflictTodoId: todo.id }),
    ...tables.merge.all({ ...open, todoId: todo.id }),
  ].find(({ repositoryPath }) => repositoryPath === worktree.repositoryPath);
}

/**
 * Whether what was done on a todo is handed in: it stays with its agent until it is merged. A todo that resolves a
 * conflict is handed in while its entry is not in conflict.
 */
export const isHandedIn = ({ tables }: OperationContext, { id }: Pick<Todo, 'id'>): boolean =>
  tables.merge.count({ todoId: id, status: openMergeStatuses }) > 0 ||
  tables.merge.count({ conflictTodoId: id, status: ['waiting_approval', 'queued', 'failed'] }) > 0;
