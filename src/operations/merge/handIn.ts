import type { Agent } from '../../domain/agent/agent.ts';
import { openMergeStatuses, type Merge } from '../../domain/merge/merge.ts';
import type { Todo } from '../../domain/todo/todo.ts';
import type { Worktree } from '../../domain/worktree/worktree.ts';
import { insertFresh } from '../insertFresh.ts';
import type { OperationContext } from '../operation.ts';
import { approvalText, asksForApproval } from './approval.ts';
import { moveMerge } from './moveMerge.ts';

/** What an agent is told whose work waits to be merged. */
export const handedInText =
  'Your work is handed in. It is merged, and your todo completed, when your process has ended: commit everything and end your turn now.';

/**
 * Takes in the work that an agent did in worktrees of its own: it is queued to be merged, and its todo, if it has
 * one, is completed when that is recorded. False where it has no worktree: then nothing was done.
 */
export function handIn(context: OperationContext, agent: Agent, todo: Todo | null, summary: string): boolean {
  const { tables, now } = context;
  const worktrees = tables.worktree.all({ agentId: agent.id, status: 'ready' });
  if (worktrees.length === 0) return false;
  for (const worktree of worktrees) queueWork(context, agent, todo, worktree);
  if (todo !== null) tables.todo.update({ ...todo, completionSummary: summary, updatedAt: now });
  return true;
}

function queueWork(context: OperationContext, agent: Agent, todo: Todo | null, worktree: Worktree): void {
  const { tables, now } = context;
  const work = {
    agentId: agent.id,
    agentName: agent.name,
    worktreeId: worktree.id,
    reason: `It is merged when ${agent.name} has ended.`,
  };
  const open = entryOf(context, agent, todo, worktree);
  if (open !== undefined) {
    if (open.status === 'queued' || open.status === 'waiting_approval')
      tables.merge.update({ ...open, ...work, updatedAt: now });
    else moveMerge(context, open, 'queued', work);
    return;
  }
  insertFresh(context, tables.merge, 'merge', {
    level: 'todo',
    projectId: worktree.projectId,
    sessionId: agent.sessionId,
    sprintId: worktree.sprintId,
    todoId: todo?.id ?? null,
    ...work,
    repositoryId: worktree.repositoryId,
    repositoryPath: worktree.repositoryPath ?? '',
    source: worktree.branch,
    target: worktree.baseBranch,
    title: todo === null ? `Merge the work of ${agent.name}` : `Merge todo ${todo.id}: ${todo.title}`,
    ...(asksForApproval(context, worktree)
      ? { status: 'waiting_approval', reason: approvalText(worktree.baseBranch) }
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
function entryOf(
  { tables }: OperationContext,
  agent: Agent,
  todo: Todo | null,
  worktree: Worktree,
): Merge | undefined {
  const open = { status: openMergeStatuses, source: worktree.branch };
  const found =
    todo === null
      ? tables.merge.all({ ...open, agentId: agent.id })
      : [
          ...tables.merge.all({ ...open, conflictTodoId: todo.id }),
          ...tables.merge.all({ ...open, todoId: todo.id }),
        ];
  return found.find(({ repositoryPath }) => repositoryPath === worktree.repositoryPath);
}

/**
 * Whether what was done on a todo is handed in: it stays with its agent until it is merged. A todo that resolves a
 * conflict is handed in while its entry is not in conflict.
 */
export const isHandedIn = ({ tables }: OperationContext, { id }: Pick<Todo, 'id'>): boolean =>
  tables.merge.count({ todoId: id, status: openMergeStatuses }) > 0 ||
  tables.merge.count({ conflictTodoId: id, status: ['waiting_approval', 'queued', 'failed'] }) > 0;
