import type { Agent } from '../../domain/agent/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message/message.ts';
import type { OperationContext } from '../operation.ts';
import { untold } from './untold.ts';

/** Questions with which an agent parked and that still wait. */
export const parkedQuestions = (
  { tables }: Pick<OperationContext, 'tables'>,
  agent: AgentId,
): readonly Message[] => tables.message.all({ senderAgentId: agent, status: 'pending', parked: true });

/**
 * Whether an agent holds on to its work although its process ends: it parked with a question that waits, or whose
 * answer it has not been told. One that has reported, or was stopped, is not to go on.
 */
export function isParked(
  context: Pick<OperationContext, 'tables'>,
  agent: Pick<Agent, 'id' | 'status' | 'reported'>,
): boolean {
  if (agent.reported !== null || agent.status === 'stopped') return false;
  return parkedQuestions(context, agent.id).length > 0 || hasUntoldAnswer(context, agent.id);
}

/** Whether a question with which it parked was answered, and it does not know yet. */
export function hasUntoldAnswer({ tables }: Pick<OperationContext, 'tables'>, agent: AgentId): boolean {
  const answered = tables.message.all({ senderAgentId: agent, status: 'answered', parked: true });
  if (answered.length === 0) return false;
  const ids = new Set(answered.map(({ id }) => id));
  return untold({ tables }, agent).some(({ parentId }) => parentId !== null && ids.has(parentId));
}
