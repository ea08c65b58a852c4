import type { AgentId } from '../../domain/ids.ts';
import type { OperationContext } from '../operation.ts';
import { moveMessage } from './moveMessage.ts';

/**
 * Ends the waiting for an agent whose process has ended: another agent's question goes to the person, the
 * person's own is withdrawn, because nobody would answer it.
 */
export function passOnQuestions(context: OperationContext, agent: AgentId): void {
  const { tables, now } = context;
  for (const question of tables.message.all({ recipientAgentId: agent, status: 'pending' })) {
    if (question.senderKind === 'person') moveMessage(context, question, 'withdrawn');
    else
      tables.message.update({
        ...question,
        recipientKind: 'person',
        recipientName: 'person',
        recipientAgentId: null,
        updatedAt: now,
      });
  }
}
