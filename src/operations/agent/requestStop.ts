import type { Agent } from '../../domain/agent/agent.ts';
import type { OperationContext } from '../operation.ts';
import { settleDispatched } from '../dispatch/settleDispatched.ts';
import { moveAgent } from './moveAgent.ts';

/**
 * Asks for a live agent's end. One that no process has claimed yet is stopped at once: its launch is withdrawn.
 * Else the engine ends the process when this is committed, and `agent.exited` says so. Asking again changes nothing.
 */
export function requestStop(context: OperationContext, agent: Agent): Agent {
  const { tables, caller, now } = context;
  const unclaimed = tables.launch.all({ agentId: agent.id, state: ['preparing', 'ready'] });
  if (agent.status === 'starting' && unclaimed.length > 0) {
    for (const launch of unclaimed) tables.launch.update({ ...launch, state: 'withdrawn' });
    const stopped = moveAgent(context, agent, 'stopped', { stopRequestedBy: caller.name });
    settleDispatched(context, stopped);
    return stopped;
  }
  if (agent.stopRequestedBy !== null) return agent;
  const asked: Agent = { ...agent, stopRequestedBy: caller.name, updatedAt: now };
  tables.agent.update(asked);
  return asked;
}
