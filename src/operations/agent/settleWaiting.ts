import type { AgentId } from '../../domain/ids.ts';
import type { OperationContext } from '../operation.ts';
import { moveAgent } from './moveAgent.ts';

/** An agent with an open question waits for input, and its silence alarms nobody; with none it runs. */
export function settleWaiting(context: OperationContext, asker: AgentId | null): void {
  const { tables, now } = context;
  const agent = asker === null ? undefined : tables.agent.find(asker);
  if (agent === undefined) return;
  const waits = tables.message.count({ senderAgentId: agent.id, status: 'pending' }) > 0;
  if (waits && agent.status === 'running') moveAgent(context, agent, 'waiting_for_input');
  // The silence while it waited was no silence of its own.
  else if (!waits && agent.status === 'waiting_for_input')
    moveAgent(context, agent, 'running', { lastSeenAt: now });
}
