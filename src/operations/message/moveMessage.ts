import { expectOk } from '../../base/result.ts';
import { checkMessageMove, type Message, type MessageStatus } from '../../domain/message/message.ts';
import type { OperationContext } from '../operation.ts';

/** The one place that writes a message's status. */
export function moveMessage(
  context: OperationContext,
  message: Message,
  to: MessageStatus,
  fields: Pick<Message, 'answer' | 'answeredBy'> = { answer: null, answeredBy: null },
): Message {
  const status = expectOk(checkMessageMove(message, to));
  const moved: Message = { ...message, ...fields, status, updatedAt: context.now };
  context.tables.message.update(moved);
  return moved;
}
