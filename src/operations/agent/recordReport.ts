import type { Agent } from '../../domain/agent/agent.ts';
import type { OperationContext } from '../operation.ts';

/**
 * Keeps what an agent itself says of its work. This alone counts as done: exit codes and event streams are
 * supporting evidence. Called by every operation through which an agent ends its work.
 */
export function recordReport(
  context: OperationContext,
  agent: Agent,
  reported: 'done' | 'failed',
  result: string | null,
): Agent {
  const changed: Agent = {
    ...agent,
    reported,
    reportedAt: context.now,
    result: result ?? agent.result,
    attention: null,
    lastSeenAt: context.now,
    updatedAt: context.now,
  };
  context.tables.agent.update(changed);
  return changed;
}
