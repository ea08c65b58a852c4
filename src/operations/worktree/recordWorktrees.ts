import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { worktreeId } from '../../domain/ids.ts';
import { worktree as worktreeRow, worktreeStatuses, type Worktree } from '../../domain/worktree/worktree.ts';
import { insertFresh } from '../insertFresh.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation } from '../operation.ts';
import { moveWorktree, unseen } from './moveWorktree.ts';
import { repositoryAt } from './projectRepositories.ts';
import { isToBeMerged } from './worktreeWork.ts';

const bookkeeping = { effect: 'write', permission: 'system', surfaces: [] } as const;
const outcome = z.object({ status: z.enum(worktreeStatuses) });

const seen = z.object({
  uncommitted: worktreeRow.shape.uncommitted,
  unmerged: worktreeRow.shape.unmerged,
  sizeBytes: worktreeRow.shape.sizeBytes,
});

export const worktreeLooked = defineOperation({
  id: 'worktree.looked',
  title: 'Record what is in a worktree',
  summary: 'Keeps what a look at a worktree found; one that failed and holds nothing is cleared away.',
  ...bookkeeping,
  input: seen.extend({
    worktree: worktreeId,
    isGone: z.boolean().default(false).describe('Its folder is not there any more'),
    isAgainstRemoval: z
      .boolean()
      .default(false)
      .describe('It was looked at to be removed, and what was found speaks against it'),
    reason: z.string().optional().describe('Why it stays, where there is something to say'),
  }),
  output: outcome,
  run(context, { worktree, isGone, isAgainstRemoval, reason, ...found }) {
    const row = mustFind(context.tables.worktree, 'worktree', worktree);
    // Somebody works in it again.
    if (row.status === 'requested' || row.status === 'ready' || row.status === 'removed')
      return ok({ status: row.status });
    const noted: Partial<Worktree> = { ...found, checkedAt: context.now };
    const said = reason ?? (isGone ? 'Its folder is gone; its branch is still there.' : row.reason);
    const holdsNothing = found.uncommitted === 0 && found.unmerged === 0;
    if (row.status === 'removing') {
      // A look that began before its removal was decided says nothing against it: whoever removes it looks once more.
      if (!isAgainstRemoval) return ok({ status: row.status });
      const kept = moveWorktree(context, row, 'kept', { ...noted, reason: said });
      return ok({ status: kept.status });
    }
    if (holdsNothing && (row.status === 'failed' || isGone) && !isToBeMerged(context, row)) {
      const removing = moveWorktree(context, row, 'removing', { ...noted, reason: row.reason });
      return ok({ status: removing.status });
    }
    context.tables.worktree.update({ ...row, ...noted, reason: said, updatedAt: context.now });
    return ok({ status: row.status });
  },
});

export const worktreeRemoved = defineOperation({
  id: 'worktree.removed',
  title: 'Record that a worktree is gone',
  summary: 'Records that a worktree was removed, and what became of its branch.',
  ...bookkeeping,
  input: z.object({ worktree: worktreeId, reason: z.string() }),
  output: outcome,
  run(context, { worktree, reason }) {
    const row = mustFind(context.tables.worktree, 'worktree', worktree);
    if (row.status !== 'removing') return ok({ status: row.status });
    const removed = moveWorktree(context, row, 'removed', {
      reason,
      uncommitted: 0,
      sizeBytes: 0,
      checkedAt: context.now,
    });
    return ok({ status: removed.status });
  },
});

export const worktreeFound = defineOperation({
  id: 'worktree.found',
  title: 'Record an orphan',
  summary: 'Records a folder among Sloop’s worktrees that no row told of.',
  ...bookkeeping,
  input: z.object({
    path: z.string(),
    agent: z.string().describe('Name of the folder, after its agent'),
    repositoryPath: z.string().nullable(),
    branch: z.string(),
    baseBranch: z.string(),
    reason: z.string(),
  }),
  output: z.object({ worktree: worktreeId.nullable().describe('Null where a row tells of it meanwhile') }),
  run(context, { agent, ...found }) {
    const { tables, now } = context;
    const known = tables.worktree.all({ path: found.path });
    if (known.some(({ status }) => status !== 'removed')) return ok({ worktree: null });
    const repository =
      found.repositoryPath === null ? undefined : repositoryAt(context, found.repositoryPath);
    const inserted = insertFresh(context, tables.worktree, 'worktree', {
      ...found,
      agentId: null,
      agentName: agent,
      projectId: null,
      sessionId: null,
      sprintId: null,
      todoId: null,
      repositoryId: repository?.id ?? null,
      baseCommit: null,
      status: 'orphan',
      ...unseen,
      createdAt: now,
      updatedAt: now,
      removedAt: null,
    });
    return ok({ worktree: inserted.id });
  },
});
