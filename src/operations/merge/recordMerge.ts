import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { mergeId, todoId, type TodoId } from '../../domain/ids.ts';
import { merge as mergeRow, mergeStatuses, openMergeStatuses, type Merge } from '../../domain/merge/merge.ts';
import type { Todo } from '../../domain/todo/todo.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { settle, settleDependents } from '../todo/blocking.ts';
import { insertTodo } from '../todo/createTodos.ts';
import { moveTodo } from '../todo/moveTodo.ts';
import { moveWorktree } from '../worktree/moveWorktree.ts';
import { conflictText } from './conflictText.ts';
import { moveMerge } from './moveMerge.ts';

const bookkeeping = { effect: 'write', permission: 'system', surfaces: [] } as const;
const one = { merge: mergeId };
const outcome = z.object({ status: z.enum(mergeStatuses) });

export const mergeRecorded = defineOperation({
  id: 'merge.recorded',
  title: 'Record a merge',
  summary:
    'Records that a branch has what was to be merged into it, and completes the todo whose work that is. Refused where the branch stands elsewhere than said.',
  ...bookkeeping,
  input: z.object({
    ...one,
    tip: z.string().describe('Where the target stood when it was found to have it'),
    commit: z.string().describe('The merge commit; where the target had it already, the commit of the work'),
    note: z.string().nullable().default(null),
  }),
  output: outcome,
  run(context, { merge, tip, commit, note }) {
    const { tables, probe } = context;
    const found = mustFind(tables.merge, 'merge', merge);
    if (found.status === 'merged' || found.status === 'cancelled') return ok({ status: found.status });
    const stands = probe.tipOf(found.repositoryPath, found.target);
    if (stands !== tip && stands !== 'unreadable')
      refuseNow(
        'conflict',
        `Branch ${found.target} stands at ${stands ?? 'nothing'}, not at ${tip}.`,
        'Look again where it stands, then record.',
      );
    const merged = moveMerge(context, found, 'merged', { mergedCommit: commit, reason: note });
    if (merged.conflictTodoId !== null) finishTodo(context, merged, merged.conflictTodoId);
    if (merged.todoId !== null) finishTodo(context, merged, merged.todoId);
    clearAway(context, merged);
    return ok({ status: merged.status });
  },
});

/** Its work is in all repositories where it is to be. One that was decided otherwise meanwhile stays so. */
function finishTodo(context: OperationContext, merge: Merge, id: TodoId): void {
  const { tables } = context;
  const todo = tables.todo.find(id);
  if (todo === undefined || tables.merge.count({ todoId: id, status: openMergeStatuses }) > 0) return;
  const isHeld = todo.status === 'in_progress' || (todo.status === 'pending' && id === merge.conflictTodoId);
  if (!isHeld) return;
  moveTodo(context, todo, 'completed', {
    completedBy: todo.assignee ?? merge.agentName ?? merge.requestedBy,
  });
  settleDependents(context, tables.todo.dependencies.dependents(id));
}

/** The engine looks once more before it removes anything: nothing may have come to the worktree since. */
function clearAway(context: OperationContext, { worktreeId }: Merge): void {
  const worktree = worktreeId === null ? undefined : context.tables.worktree.find(worktreeId);
  if (worktree?.status !== 'kept') return;
  moveWorktree(context, worktree, 'removing', { uncommitted: 0, unmerged: 0 });
}

export const mergeConflicted = defineOperation({
  id: 'merge.conflicted',
  title: 'Record a conflict',
  summary: 'Records the files that both changed; a todo is made, or reopened, to resolve them.',
  ...bookkeeping,
  input: z.object({ ...one, files: z.array(z.string()) }),
  output: z.object({ status: z.enum(mergeStatuses), todo: todoId.nullable() }),
  run(context, { merge, files }) {
    const found = mustFind(context.tables.merge, 'merge', merge);
    if (found.status !== 'queued') return ok({ status: found.status, todo: found.conflictTodoId });
    const todo = resolvingTodo(context, found, files);
    const moved = moveMerge(context, found, 'conflict', {
      files,
      conflictTodoId: todo.id,
      reason: `Both changed ${files.join(', ')}. Todo ${todo.id} is to resolve it.`,
    });
    return ok({ status: moved.status, todo: todo.id });
  },
});

/** One todo for one entry, however often it comes into conflict. */
function resolvingTodo(context: OperationContext, merge: Merge, files: readonly string[]): Todo {
  const { tables, now } = context;
  const description = conflictText(merge, files);
  const known = merge.conflictTodoId === null ? undefined : tables.todo.find(merge.conflictTodoId);
  if (known !== undefined) {
    const told = { ...known, description, updatedAt: now };
    tables.todo.update(told);
    if (told.status === 'pending') return told;
    const reopened = told.status === 'blocked' ? told : moveTodo(context, told, 'pending');
    settle(context, reopened.id);
    return mustFind(tables.todo, 'todo', reopened.id);
  }
  const made = insertTodo(
    context,
    {
      title: `Resolve conflicts: ${merge.title}`.slice(0, 200),
      description,
      category: 'merge',
      priority: 'high',
      requiresApproval: false,
    },
    {
      projectId: merge.projectId,
      // A sprint whose own branch is merged is over: nothing in it is given to agents any more.
      sprintId: merge.level === 'todo' ? merge.sprintId : null,
      parentId: null,
      artifactId: null,
    },
  );
  const placed = { ...made, sessionId: merge.sessionId };
  tables.todo.update(placed);
  return placed;
}

export const mergeFailed = defineOperation({
  id: 'merge.failed',
  title: 'Record that a merge failed',
  summary: 'Keeps the reason and says it to the person; the entry waits for a retry.',
  ...bookkeeping,
  input: z.object({ ...one, reason: mergeRow.shape.reason.unwrap() }),
  output: outcome,
  run(context, { merge, reason }) {
    const { tables, now } = context;
    const found = mustFind(tables.merge, 'merge', merge);
    if (found.status !== 'queued') return ok({ status: found.status });
    const failed = moveMerge(context, found, 'failed', { reason });
    const agent = failed.agentId === null ? undefined : tables.agent.find(failed.agentId);
    if (agent !== undefined)
      tables.agent.update({
        ...agent,
        attention: `Its work could not be merged: ${reason} Then: sloop merge retry ${failed.id}.`,
        updatedAt: now,
      });
    return ok({ status: failed.status });
  },
});

export const mergeWaits = defineOperation({
  id: 'merge.waits',
  title: 'Record what a merge waits for',
  summary: 'Says why a queued entry cannot be merged just now, and what a person can do.',
  ...bookkeeping,
  input: z.object({ ...one, reason: z.string() }),
  output: outcome,
  run({ tables, now }, { merge, reason }) {
    const found = mustFind(tables.merge, 'merge', merge);
    if (found.status === 'queued' && found.reason !== reason)
      tables.merge.update({ ...found, reason, updatedAt: now });
    return ok({ status: found.status });
  },
});
