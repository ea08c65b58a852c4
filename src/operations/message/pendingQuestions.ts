import type { Caller } from '../../domain/caller.ts';
import type { Message } from '../../domain/message/message.ts';
import type { OperationContext } from '../operation.ts';

/** Whether this question waits for this caller: addressed to them or to everyone, and not their own. */
export function isAskedOf(question: Message, caller: Caller): boolean {
  if (caller.kind !== 'agent') return question.senderKind !== 'person';
  if (question.recipientKind === 'agent') return question.recipientAgentId === caller.agentId;
  return question.recipientKind === 'everyone' && question.senderAgentId !== caller.agentId;
}

/** Questions that wait for the caller, oldest first. For the person: those to the person or to everyone. */
export function pendingQuestions({ tables, caller }: OperationContext): readonly Message[] {
  const kinds =
    caller.kind === 'agent' ? (['agent', 'everyone'] as const) : (['person', 'everyone'] as const);
  return tables.message
    .all({ status: 'pending', recipientKind: kinds })
    .filter((question) => isAskedOf(question, caller));
}

/** By whom marks of reading are kept: an agent's id, or the person. */
export const readerOf = (caller: Caller) => (caller.kind === 'agent' ? caller.agentId : 'person');
