import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { mergeId, sprintId } from '../../domain/ids.ts';
import type { Merge } from '../../domain/merge/merge.ts';
import { isOpen } from '../../domain/todo/todo.ts';
import { mustFind, requireProject } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { settle } from '../todo/blocking.ts';
import { moveTodo } from '../todo/moveTodo.ts';
import { mergeLine, toMergeLine } from './mergeLine.ts';
import { moveMerge } from './moveMerge.ts';
import { queueBranches } from './queueBranches.ts';

const many = z.object({ merges: z.array(mergeId).min(1).max(100).describe('Ids of merges') });
const lines = z.object({ merges: z.array(mergeLine) });

const eachMerge = (context: OperationContext, ids: Merge['id'][], change: (merge: Merge) => Merge) =>
  ok({ merges: ids.map((id) => toMergeLine(change(mustFind(context.tables.merge, 'merge', id)))) });

export const requestMerge = defineOperation({
  id: 'merge.request',
  title: 'Merge a sprint or a project',
  summary:
    "Queues a sprint's branch to be merged into its project's, or without a sprint the project's into the main branch; that waits for a person's approval where the project asks for it.",
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['project'],
  input: z.object({
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
    sprint: sprintId.optional().describe('A sprint that is complete'),
  }),
  output: lines,
  run(context, input) {
    const { tables, caller } = context;
    const sprint = input.sprint === undefined ? null : mustFind(tables.sprint, 'sprint', input.sprint);
    const project = mustFind(
      tables.project,
      'project',
      sprint?.projectId ?? requireProject(context, input.project),
    );
    if (sprint !== null && sprint.status !== 'complete')
      refuseNow(
        'conflict',
        `Sprint ${sprint.number} is ${sprint.status}.`,
        `Complete it first; it is queued then by itself: sloop sprint transition ${sprint.id} complete.`,
      );
    const asks = sprint === null ? project.mergeRequiresApproval : project.mode === 'partial';
    // A person who asks for it approves it.
    const isPerson = caller.kind === 'person';
    const merges = queueBranches(context, {
      level: sprint === null ? 'project' : 'sprint',
      project,
      sprint,
      needsApproval: asks && !isPerson,
      approvedBy: isPerson ? caller.name : null,
    });
    if (merges.length === 0)
      refuseNow(
        'conflict',
        `${sprint === null ? `Project ${project.slug}` : `Sprint ${sprint.number}`} has no branch in any repository.`,
        'Work that agents do in worktrees makes one: sloop agent start ROLE --todo ID --worktree.',
      );
    return ok({ merges: merges.map(toMergeLine) });
  },
});

export const approveMerges = defineOperation({
  id: 'merge.approve',
  title: 'Approve merges',
  summary: 'Lets merges that wait for a person go on.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['merges'],
  input: many,
  output: lines,
  run: (context, input) =>
    eachMerge(context, input.merges, (merge) => {
      if (merge.status !== 'waiting_approval')
        refuseNow(
          'conflict',
          `Merge ${merge.id} is ${merge.status}, not waiting for approval.`,
          'List those that wait: sloop merge list --status waiting_approval.',
        );
      return moveMerge(context, merge, 'queued', { approvedBy: context.caller.name });
    }),
});

export const retryMerges = defineOperation({
  id: 'merge.retry',
  title: 'Retry merges',
  summary: 'Tries merges again that failed, wait for something or are in conflict, or were cancelled.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['merges'],
  input: many,
  output: lines,
  run: (context, input) =>
    eachMerge(context, input.merges, (merge) => {
      // Any change of it has the engine look at it again.
      if (merge.status === 'queued') {
        const again = { ...merge, reason: null, updatedAt: context.now };
        context.tables.merge.update(again);
        return again;
      }
      if (
        merge.status === 'waiting_approval' ||
        (merge.status === 'cancelled' && context.caller.kind === 'agent')
      )
        refuseNow(
          'forbidden',
          `Merge ${merge.id} is ${merge.status}: that is the person's to decide.`,
          `Ask them: sloop merge approve ${merge.id}.`,
        );
      return moveMerge(context, merge, 'queued');
    }),
});

export const cancelMerges = defineOperation({
  id: 'merge.cancel',
  title: 'Cancel merges',
  summary:
    'Takes merges out of the queue. Branches and worktrees stay; a todo that was handed in is open again.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['merges'],
  input: many,
  output: lines,
  run: (context, input) =>
    eachMerge(context, input.merges, (merge) => {
      const cancelled = moveMerge(context, merge, 'cancelled');
      giveBack(context, cancelled);
      return cancelled;
    }),
});

function giveBack(context: OperationContext, { todoId, conflictTodoId }: Merge): void {
  const { tables } = context;
  const resolving = conflictTodoId === null ? undefined : tables.todo.find(conflictTodoId);
  if (resolving !== undefined && isOpen(resolving.status)) moveTodo(context, resolving, 'cancelled');
  const todo = todoId === null ? undefined : tables.todo.find(todoId);
  if (todo?.status !== 'in_progress') return;
  moveTodo(context, todo, 'pending');
  settle(context, todo.id);
}
