import { message, type Message } from '../../domain/message/message.ts';

/** A message as lists show it. */
export const messageLine = message.pick({
  id: true,
  threadId: true,
  senderName: true,
  recipientName: true,
  body: true,
  status: true,
  createdAt: true,
});

export const toMessageLine = ({
  id,
  threadId,
  senderName,
  recipientName,
  body,
  status,
  createdAt,
}: Message) => ({ id, threadId, senderName, recipientName, body, status, createdAt });
