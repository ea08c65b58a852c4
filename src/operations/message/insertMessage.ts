import type { Caller } from '../../domain/caller.ts';
import type { Message } from '../../domain/message/message.ts';
import { insertFresh } from '../insertFresh.ts';
import type { OperationContext } from '../operation.ts';
import type { Recipient } from './recipient.ts';

/** Writes a message by the caller: a question waits for an answer, a note asks nothing. */
export function insertMessage(
  context: OperationContext,
  to: Recipient,
  body: string,
  options: { readonly asks: boolean; readonly parked?: boolean; readonly parent?: Message | undefined },
): Message {
  const { tables, caller, now } = context;
  return insertFresh(context, tables.message, 'message', (id) => ({
    ...to,
    threadId: options.parent?.threadId ?? id,
    parentId: options.parent?.id ?? null,
    ...senderOf(caller),
    body,
    requiresResponse: options.asks,
    parked: options.parked ?? false,
    status: options.asks ? 'pending' : 'sent',
    answer: null,
    answeredBy: null,
    createdAt: now,
    updatedAt: now,
  }));
}

const senderOf = (caller: Caller): Pick<Message, 'senderKind' | 'senderName' | 'senderAgentId'> => ({
  senderKind: caller.kind,
  senderName: caller.name,
  senderAgentId: caller.kind === 'agent' ? caller.agentId : null,
});
