import { message } from '../../domain/message/message.ts';
import { cutTo } from '../cutTo.ts';

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

export const toMessageLine = cutTo(messageLine);
