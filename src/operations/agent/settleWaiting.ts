import type { AgentId } from '../../domain/ids.ts';
import type { OperationContext } from '../operation.ts';
import { moveAgent } from './moveAgent.ts';

/**
 * An agent with an open question waits for input, and its silence alarms nobody; with none it runs. A question with
 * which it parked does not hold it: its turn ends, and its hooks and its exit tell of that.
 */
export function settleWaiting(context: OperationContext, asker: AgentId | null): void {
  const { tables, now } = context;
  const agent = asker === null ? undefined : tables.agent.find(asker);
  if (agent === undefined) return;
  const waits = isWaitingForAnswer(context, agent.id);
  if (waits && agent.status === 'running') moveAgent(context, agent, 'waiting_for_input');
  // The silence while it waited was no silence of its own.
  else if (!waits && agent.status === 'waiting_for_input')
    moveAgent(context, agent, 'running', {
      lastSeenAt: now,
      // In a terminal it says for what the agent waited there.
      attention: agent.form === 'interactive' ? null : agent.attention,
    });
}

/** Whether the agent is inside of a call that ends with an answer. */
export const isWaitingForAnswer = ({ tables }: Pick<OperationContext, 'tables'>, agent: AgentId): boolean =>
  tables.message.count({ senderAgentId: agent, status: 'pending', parked: false }) > 0;
