import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { repositoryId, worktreeId } from '../../domain/ids.ts';
import { openMergeStatuses } from '../../domain/merge/merge.ts';
import { repository } from '../../domain/repository/repository.ts';
import { lineTo } from '../../domain/worktree/branchLine.ts';
import { presentWorktreeStatuses, type Worktree } from '../../domain/worktree/worktree.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { placeOf } from './planWorktrees.ts';
import { repositoryAt } from './projectRepositories.ts';

const facts = z.object({
  worktree: worktreeId,
  job: z.enum(['make', 'remove', 'look']).describe('What is to be done with it'),
  status: z.enum(presentWorktreeStatuses),
  agent: z.string().describe('Name of its agent'),
  path: z.string(),
  branch: z.string(),
  line: z.array(z.string()).describe('Branches that lead to its own, the repository’s own first'),
  wasMade: z.boolean().describe('It was there and set up before'),
  repository: repository.pick({ name: true, path: true, url: true }).extend({ id: repositoryId.nullable() }),
  copyFiles: repository.shape.copyFiles,
  linkFolders: repository.shape.linkFolders,
  setUpCommand: repository.shape.setUpCommand,
  agreedLoss: z
    .object({ uncommitted: z.number().int(), unmerged: z.number().int() })
    .nullable()
    .describe('What may be lost when it is removed: what was seen when that was decided'),
});
export type WorktreeJob = z.output<typeof facts>;

/** What the engine has to do with worktrees, oldest first, and the folders that rows tell of. */
export const dueWorktrees = defineOperation({
  id: 'worktree.due',
  title: 'List work on worktrees',
  summary: 'Worktrees to make, to remove and to look at.',
  effect: 'read',
  permission: 'system',
  surfaces: [],
  input: z.object({}),
  output: z.object({ jobs: z.array(facts), known: z.array(z.string()).describe('Folders that have a row') }),
  run(context) {
    const present = context.tables.worktree.all({ status: presentWorktreeStatuses });
    return ok({
      known: present.map(({ path }) => path),
      jobs: present.toReversed().flatMap((row) => {
        const job = jobOf(row);
        return job === null ? [] : [{ job, ...factsOf(context, row) }];
      }),
    });
  },
});

function jobOf({ status, checkedAt }: Worktree): WorktreeJob['job'] | null {
  if (status === 'requested') return 'make';
  if (status === 'removing') return 'remove';
  return status !== 'ready' && checkedAt === null ? 'look' : null;
}

function factsOf(context: OperationContext, row: Worktree): Omit<WorktreeJob, 'job'> {
  const { tables, probe } = context;
  const known =
    (row.repositoryId === null ? undefined : tables.repository.find(row.repositoryId)) ??
    (row.repositoryPath === null ? undefined : repositoryAt(context, row.repositoryPath));
  const path = row.repositoryPath ?? known?.path ?? null;
  const seen = path === null ? undefined : probe.inspect(path);
  const own = seen?.kind === 'found' ? seen.defaultBranch : row.baseBranch;
  return {
    worktree: row.id,
    status: row.status as WorktreeJob['status'],
    agent: row.agentName,
    path: row.path,
    branch: row.branch,
    line: [...lineTo(placeOf(context, row), known?.defaultBranch ?? own, row.baseBranch, row.branch)],
    wasMade: row.baseCommit !== null,
    repository: {
      id: known?.id ?? null,
      name: known?.name ?? row.agentName,
      path,
      url: known?.url ?? null,
    },
    copyFiles: known?.copyFiles ?? [],
    linkFolders: known?.linkFolders ?? [],
    setUpCommand: known?.setUpCommand ?? [],
    agreedLoss:
      row.uncommitted === null || row.unmerged === null
        ? null
        : { uncommitted: row.uncommitted, unmerged: row.unmerged },
  };
}

/** Whether work in it waits to be merged: until then it is not cleared away. */
export const isToBeMerged = ({ tables }: OperationContext, { id }: Pick<Worktree, 'id'>): boolean =>
  tables.merge.count({ worktreeId: id, status: openMergeStatuses }) > 0;
