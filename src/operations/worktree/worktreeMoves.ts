import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { isLive } from '../../domain/agent/agent.ts';
import { todoId, worktreeId } from '../../domain/ids.ts';
import { baseLine } from '../../domain/worktree/branchLine.ts';
import {
  worktree as worktreeRow,
  presentWorktreeStatuses,
  type Worktree,
} from '../../domain/worktree/worktree.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { moveWorktree, unseen } from './moveWorktree.ts';
import { placeOf } from './planWorktrees.ts';
import { workspaceRepository } from './projectRepositories.ts';
import { toWorktreeLine, worktreeLine } from './worktreeLine.ts';
import { isToBeMerged } from './worktreeWork.ts';

const byPerson = { permission: 'person', surfaces: ['cli', 'palette'] } as const;

export const removeWorktrees = defineOperation({
  id: 'worktree.remove',
  title: 'Remove worktrees',
  summary:
    'Removes worktrees that nobody works in. Refused where changes would be lost, unless forced; a branch with unmerged commits stays in any case. dryRun only says what would go.',
  effect: 'destroy',
  ...byPerson,
  positional: ['worktrees'],
  input: z.object({
    worktrees: z.array(worktreeId).min(1).max(100).describe('Ids of worktrees'),
    force: z.boolean().default(false).describe('Although something would be lost'),
    dryRun: z.boolean().default(false).describe('Only say what would go'),
  }),
  output: z.object({ dryRun: z.boolean(), worktrees: z.array(worktreeLine), sizeBytes: z.number().int() }),
  run(context, { worktrees: ids, force, dryRun }) {
    const rows = ids.map((id) => removable(context, id));
    if (!dryRun) for (const row of rows) remove(context, row, force);
    return ok({
      dryRun,
      worktrees: rows.map(({ id }) => toWorktreeLine(mustFind(context.tables.worktree, 'worktree', id))),
      sizeBytes: rows.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0),
    });
  },
});

function removable(context: OperationContext, id: Worktree['id']): Worktree {
  const { tables } = context;
  const row = mustFind(tables.worktree, 'worktree', id);
  const agent = row.agentId === null ? undefined : tables.agent.find(row.agentId);
  if (agent !== undefined && isLive(agent.status))
    refuseNow(
      'conflict',
      `${agent.name} works in ${row.path}.`,
      `Wait until it has ended, or stop it: sloop agent stop ${agent.name}.`,
    );
  if (!['kept', 'orphan', 'failed'].includes(row.status))
    refuseNow(
      'conflict',
      `Worktree ${row.id} is ${row.status}.`,
      'Only one that nobody uses can be removed.',
    );
  if (isToBeMerged(context, row))
    refuseNow(
      'conflict',
      `The work in ${row.path} waits to be merged.`,
      `See sloop merge list; to give it up: sloop merge cancel.`,
    );
  if (row.repositoryPath === null)
    refuseNow(
      'conflict',
      `${row.path} is no worktree of a repository that is known, so it may be anything.`,
      'Look at it, and delete it yourself.',
    );
  return row;
}

function remove(context: OperationContext, row: Worktree, force: boolean): void {
  const { uncommitted, unmerged } = row;
  if (uncommitted === null || unmerged === null)
    return refuseNow(
      'unavailable',
      `What is in ${row.path} is not known yet${row.reason === null ? '' : `: ${row.reason}`}`,
      'Try again in a moment; to have it looked at again: sloop worktree scan.',
    );
  if (uncommitted + unmerged > 0 && !force)
    refuseNow(
      'conflict',
      `${row.path} has ${uncommitted} files with uncommitted changes, and ${unmerged} commits that ${row.baseBranch} has not.`,
      'Merge or drop them, or pass force: the files go, a branch with unmerged commits stays.',
    );
  // The engine looks once more and removes no more than this.
  moveWorktree(context, row, 'removing', { reason: row.reason });
}

export const adoptWorktree = defineOperation({
  id: 'worktree.adopt',
  title: 'Adopt a worktree',
  summary:
    'Takes an orphan, or one that was kept, as the place where a todo goes on: the next agent on that todo works in it.',
  effect: 'write',
  ...byPerson,
  positional: ['worktree', 'todo'],
  input: z.object({ worktree: worktreeId, todo: todoId }),
  output: worktreeRow,
  run(context, input) {
    const { tables } = context;
    const row = mustFind(tables.worktree, 'worktree', input.worktree);
    const todo = mustFind(tables.todo, 'todo', input.todo);
    if (row.status !== 'orphan' && row.status !== 'kept')
      refuseNow('conflict', `Worktree ${row.id} is ${row.status}.`, 'Adopt one that is kept or an orphan.');
    if (isToBeMerged(context, row))
      refuseNow('conflict', `The work in ${row.path} waits to be merged.`, 'See sloop merge list.');
    if (row.repositoryPath === null)
      refuseNow(
        'conflict',
        `${row.path} is no worktree of a repository that is known.`,
        'Look at it yourself.',
      );
    const other = tables.worktree
      .all({ todoId: todo.id, status: presentWorktreeStatuses })
      .find((one) => one.id !== row.id && one.repositoryPath === row.repositoryPath);
    if (other !== undefined)
      refuseNow(
        'conflict',
        `Todo ${todo.id} has the worktree ${other.path} already.`,
        'Remove that one first.',
      );
    const place = placeOf(context, todo);
    const own = context.probe.inspect(row.repositoryPath ?? '');
    const repository = row.repositoryId === null ? undefined : tables.repository.find(row.repositoryId);
    const fallback = own.kind === 'found' ? own.defaultBranch : row.baseBranch;
    const belongs: Partial<Worktree> = {
      todoId: todo.id,
      projectId: todo.projectId,
      sprintId: todo.sprintId,
      sessionId: todo.sessionId,
      baseBranch: baseLine(place, repository?.defaultBranch ?? fallback).at(-1) ?? row.baseBranch,
      // It was made before: only what is missing is brought again.
      ...unseen,
      reason: `Adopted for todo ${todo.id}.`,
    };
    if (row.status === 'orphan') return ok(moveWorktree(context, row, 'kept', belongs));
    const adopted = { ...row, ...belongs, updatedAt: context.now };
    tables.worktree.update(adopted);
    return ok(adopted);
  },
});

export const scanWorktrees = defineOperation({
  id: 'worktree.scan',
  title: 'Look at all worktrees',
  summary:
    'Has all worktrees that nobody works in looked at and measured again, and finds folders that no row tells of. worktree list shows what was found.',
  effect: 'write',
  ...byPerson,
  input: z.object({}),
  output: z.object({ worktrees: z.number().int().describe('Worktrees that are looked at') }),
  run(context) {
    const { tables, now } = context;
    const rows = tables.worktree.all({ status: ['kept', 'orphan', 'failed'] });
    for (const row of rows) tables.worktree.update({ ...row, ...unseen, updatedAt: now });
    // A change that the engine hears of also where there is no worktree yet.
    const known = workspaceRepository(context);
    const repository = known?.id == null ? undefined : tables.repository.find(known.id);
    if (repository === undefined)
      return refuseNow('conflict', 'There is no git repository here.', 'Run git init, or open one.');
    tables.repository.update({ ...repository, updatedAt: now });
    return ok({ worktrees: rows.length });
  },
});
