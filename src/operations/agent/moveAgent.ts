import { expectOk } from '../../base/result.ts';
import { checkAgentMove, isLive, type Agent, type AgentStatus } from '../../domain/agent/agent.ts';
import type { OperationContext } from '../operation.ts';
import { letGo } from './letGo.ts';

/**
 * The one place that writes an agent's status. What leaves life is stamped with its end and lets go of what it
 * held; what returns loses the stamp.
 */
export function moveAgent(
  context: OperationContext,
  agent: Agent,
  to: AgentStatus,
  fields: Partial<Agent> = {},
): Agent {
  const status = expectOk(checkAgentMove(agent, to));
  const moved: Agent = {
    ...agent,
    endedAt: isLive(status) ? null : context.now,
    ...fields,
    status,
    updatedAt: context.now,
  };
  context.tables.agent.update(moved);
  if (!isLive(status)) letGo(context, moved);
  return moved;
}
