import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { isLive } from '../../domain/agent/agent.ts';
import { mergeId, worktreeId } from '../../domain/ids.ts';
import { merge as mergeRow, openMergeStatuses, type Merge } from '../../domain/merge/merge.ts';
import { lineTo } from '../../domain/worktree/branchLine.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { placeOf } from '../worktree/planWorktrees.ts';
import { repositoryAt } from '../worktree/projectRepositories.ts';

const facts = mergeRow
  .pick({ repositoryPath: true, source: true, target: true, status: true, reason: true, level: true })
  .extend({
    merge: mergeId,
    line: z.array(z.string()).describe('Branches that lead to the target, the repository’s own first'),
    message: z.string().describe('Of the merge commit'),
    workMessage: z.string().describe('Of the commit that takes what the agent left uncommitted'),
    worktree: z
      .object({ id: worktreeId, path: z.string(), agent: z.string() })
      .nullable()
      .describe('Where the work lies, while it is there'),
    private: z.array(z.string()).describe('What set-up puts into worktrees: never to be merged'),
  });
export type MergeJob = z.output<typeof facts>;

/**
 * Open entries whose work nobody is at, oldest first. Those that are queued are to be merged; of the others it is
 * looked whether somebody merged them by hand.
 */
export const dueMerges = defineOperation({
  id: 'merge.due',
  title: 'List merges to do',
  summary: 'Open entries of the merge queue whose agents have ended, with all that merging them takes.',
  effect: 'read',
  permission: 'system',
  surfaces: [],
  input: z.object({}),
  output: z.object({ jobs: z.array(facts) }),
  run: (context) =>
    ok({
      jobs: context.tables.merge
        .all({ status: openMergeStatuses })
        .filter((entry) => !isBusy(context, entry))
        .map((entry) => factsOf(context, entry)),
    }),
});

/** Whether an agent may still change what is to be merged. */
function isBusy({ tables }: OperationContext, { agentId, worktreeId: at }: Merge): boolean {
  const worktree = at === null ? undefined : tables.worktree.find(at);
  return [agentId, worktree?.agentId ?? null].some((id) => {
    const agent = id === null ? undefined : tables.agent.find(id);
    return agent !== undefined && isLive(agent.status);
  });
}

function factsOf(context: OperationContext, entry: Merge): MergeJob {
  const { tables } = context;
  const todo = entry.todoId === null ? undefined : tables.todo.find(entry.todoId);
  const worktree = entry.worktreeId === null ? undefined : tables.worktree.find(entry.worktreeId);
  const repository =
    (entry.repositoryId === null ? undefined : tables.repository.find(entry.repositoryId)) ??
    repositoryAt(context, entry.repositoryPath);
  const line = lineTo(placeOf(context, entry), repository?.defaultBranch ?? entry.target, entry.target, '');
  const agent = entry.agentId === null ? undefined : tables.agent.find(entry.agentId);
  const summary = todo === undefined ? (agent?.result ?? '') : (todo.completionSummary ?? '');
  const by = entry.agentName === null ? '' : `Sloop-Agent: ${entry.agentName}`;
  return {
    merge: entry.id,
    ...entry,
    line: line.slice(0, -1),
    message: message(entry.title, summary, by),
    workMessage: message(todo?.title ?? `Work of ${entry.agentName ?? 'an agent'}`, summary, by),
    worktree:
      worktree?.status === 'kept' || worktree?.status === 'ready'
        ? { id: worktree.id, path: worktree.path, agent: worktree.agentName }
        : null,
    private: [...(repository?.copyFiles ?? []), ...(repository?.linkFolders ?? [])],
  };
}

const message = (...parts: readonly string[]): string =>
  `${parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
