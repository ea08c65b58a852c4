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
export const hasUntoldAnswer = ({ tables }: Pick<OperationContext, 'tables'>, agent: AgentId): boolean =>
  untold({ tables }, agent).some(({ parentId }) => {
    const parent = parentId === null ? undefined : tables.message.find(parentId);
    return parent?.senderAgentId === agent && parent.parked && parent.status === 'answered';
  });
