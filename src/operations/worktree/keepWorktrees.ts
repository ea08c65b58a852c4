import { refuseNow } from '../../base/result.ts';
import { isLive, type Agent } from '../../domain/agent/agent.ts';
import type { OperationContext } from '../operation.ts';
import { moveWorktree } from './moveWorktree.ts';
import { requestAgain } from './planWorktrees.ts';

/** An agent that has ended leaves its worktrees as they are: it may go on, or another with the same work. */
export function keepWorktrees(context: OperationContext, { id, name }: Pick<Agent, 'id' | 'name'>): void {
  for (const worktree of context.tables.worktree.all({ agentId: id, status: ['requested', 'ready'] }))
    if (worktree.status === 'ready')
      moveWorktree(context, worktree, 'kept', { reason: `${name} worked in it and has ended.` });
    else moveWorktree(context, worktree, 'failed', { reason: `${name} ended before it was made.` });
}

/**
 * Brings the worktrees of an agent that goes on back into being; says whether there are any. One that another took
 * over comes back, unless that one works in it now.
 */
export function reuseWorktrees(context: OperationContext, agent: Agent): boolean {
  const { tables } = context;
  const own = tables.worktree.all({ agentId: agent.id });
  const rows =
    own.length > 0 || agent.worktreePath === null ? own : tables.worktree.all({ path: agent.worktreePath });
  for (const worktree of rows) {
    const holder = worktree.agentId === null ? undefined : tables.agent.find(worktree.agentId);
    if (holder !== undefined && holder.id !== agent.id && isLive(holder.status))
      refuseNow(
        'conflict',
        `${holder.name} works in ${worktree.path} now.`,
        `Wait until it has ended, or stop it: sloop agent stop ${holder.name}.`,
      );
    if (worktree.status === 'removing')
      refuseNow('unavailable', `${worktree.path} is being removed.`, 'Try again in a moment.');
    requestAgain(context, worktree, { agentId: agent.id, agentName: agent.name });
  }
  return rows.length > 0;
}
