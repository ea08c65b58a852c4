import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { isLive, type Agent } from '../../domain/agent/agent.ts';
import { repositoryId, worktreeId } from '../../domain/ids.ts';
import { worktreeStatuses, type Worktree } from '../../domain/worktree/worktree.ts';
import { moveAgent } from '../agent/moveAgent.ts';
import { noteInOutput } from '../agent/noteInOutput.ts';
import { settleDispatched } from '../dispatch/settleDispatched.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { moveWorktree } from './moveWorktree.ts';

const bookkeeping = { effect: 'write', permission: 'system', surfaces: [] } as const;
const outcome = z.object({ status: z.enum(worktreeStatuses) });

export const worktreePrepared = defineOperation({
  id: 'worktree.prepared',
  title: 'Record a worktree',
  summary: 'Records that a worktree was made and set up; when an agent has all of its, it can start.',
  ...bookkeeping,
  input: z.object({
    worktree: worktreeId,
    repositoryPath: z.string(),
    baseCommit: z.string().describe('Where its branch began'),
    notes: z.array(z.string()).describe('What was left out, and what a set-up command said'),
  }),
  output: outcome,
  run(context, input) {
    const { tables } = context;
    const found = mustFind(tables.worktree, 'worktree', input.worktree);
    const agent = found.agentId === null ? undefined : tables.agent.find(found.agentId);
    if (agent !== undefined) noteInOutput(context, agent, input.notes);
    const { repositoryPath, baseCommit } = input;
    const again = found.status === 'failed' ? moveWorktree(context, found, 'requested') : found;
    // Removed or taken for gone meanwhile: the next look at it tells.
    if (again.status !== 'requested') return ok({ status: found.status });
    const ready = moveWorktree(context, again, 'ready', { repositoryPath, baseCommit });
    if (agent !== undefined && isLive(agent.status)) {
      startWhenAllAreReady(context, agent);
      return ok({ status: ready.status });
    }
    const reason = `${ready.agentName} ended before it was made.`;
    return ok({ status: moveWorktree(context, ready, 'kept', { reason }).status });
  },
});

function startWhenAllAreReady(context: OperationContext, agent: Agent): void {
  const { tables, now } = context;
  const worktrees = tables.worktree.all({ agentId: agent.id, status: ['requested', 'ready'] });
  if (worktrees.some(({ status }) => status === 'requested')) return;
  const [launch] = tables.launch.all({ agentId: agent.id, state: 'preparing' });
  if (launch === undefined) return;
  tables.launch.update({ ...launch, state: 'ready' });
  const [first] = worktrees;
  const branch = first?.branch ?? null;
  tables.agent.update({ ...agent, worktreePath: launch.workingFolder, branch, updatedAt: now });
}

export const worktreeFailed = defineOperation({
  id: 'worktree.failed',
  title: 'Record that a worktree could not be made',
  summary: 'Keeps the reason, and ends the agent that waited for it: it never started.',
  ...bookkeeping,
  input: z.object({ worktree: worktreeId, reason: z.string(), notes: z.array(z.string()).default([]) }),
  output: outcome,
  run(context, { worktree, reason, notes }) {
    const { tables } = context;
    const found = mustFind(tables.worktree, 'worktree', worktree);
    if (found.status !== 'requested') return ok({ status: found.status });
    const agent = found.agentId === null ? undefined : tables.agent.find(found.agentId);
    if (agent !== undefined) noteInOutput(context, agent, [reason, ...notes]);
    const failed = moveWorktree(context, found, 'failed', { reason });
    if (agent?.status === 'starting') endUnstarted(context, agent, found, reason);
    return ok({ status: failed.status });
  },
});

function endUnstarted(context: OperationContext, agent: Agent, worktree: Worktree, reason: string): void {
  const { tables } = context;
  const waiting = tables.launch.all({ agentId: agent.id, state: 'preparing' });
  if (waiting.length === 0) return;
  for (const launch of waiting) tables.launch.update({ ...launch, state: 'withdrawn' });
  const attention = `Its worktree ${worktree.path} could not be made: ${reason}`;
  settleDispatched(context, moveAgent(context, agent, 'crashed', { startRefused: true, attention }));
}

export const repositoryFetched = defineOperation({
  id: 'repository.fetched',
  title: 'Record a fetch',
  summary: 'Records that a repository was cloned to a folder, or fetched.',
  ...bookkeeping,
  input: z.object({
    repository: repositoryId,
    path: z.string().optional().describe('Where it was cloned to'),
    defaultBranch: z.string().optional().describe('What its origin calls its main branch'),
  }),
  output: z.object({ repository: repositoryId }),
  run({ tables, now }, { repository, path, defaultBranch }) {
    const found = mustFind(tables.repository, 'repository', repository);
    tables.repository.update({
      ...found,
      path: found.path ?? path ?? null,
      defaultBranch: found.path === null && defaultBranch !== undefined ? defaultBranch : found.defaultBranch,
      lastFetchedAt: now,
      updatedAt: now,
    });
    return ok({ repository });
  },
});
