import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { messageId } from '../../domain/ids.ts';
import { message as messageRow } from '../../domain/message/message.ts';
import { page, pageOf } from '../../domain/page.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { messageLine, toMessageLine } from './messageLine.ts';
import { pendingQuestions, readerOf } from './pendingQuestions.ts';

export const listen = defineOperation({
  id: 'message.listen',
  title: 'Take the next question',
  summary: 'Returns the oldest question that waits for you, or none; it stays open until it is answered.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({}),
  output: z.object({ question: messageRow.nullable() }),
  run(context) {
    return ok({ question: pendingQuestions(context)[0] ?? null });
  },
});

export const showMessage = defineOperation({
  id: 'message.show',
  title: 'Show a message',
  summary: 'Shows one message; a question with its status and answer.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['message'],
  input: z.object({ message: messageId }),
  output: messageRow,
  run({ tables }, input) {
    return ok(mustFind(tables.message, 'message', input.message));
  },
});

export const showThread = defineOperation({
  id: 'message.thread',
  title: 'Show a thread',
  summary: 'Lists a message with all that was said in its thread, oldest first.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['message'],
  input: z.object({ message: messageId.describe('Any message of the thread'), ...page }),
  output: pageOf(messageLine),
  run({ tables }, input) {
    const { threadId } = mustFind(tables.message, 'message', input.message);
    const list = tables.message.list({ threadId }, input);
    return ok({ ...list, items: list.items.map(toMessageLine) });
  },
});

export const readMessages = defineOperation({
  id: 'message.read',
  title: 'Mark messages as read',
  summary: 'Marks notes and answers as read by you; they leave your inbox.',
  effect: 'write',
  permission: 'report',
  surfaces: everySurface,
  positional: ['messages'],
  input: z.object({ messages: z.array(messageId).min(1).max(500).describe('Message ids') }),
  output: z.object({ read: z.number().int() }),
  run({ tables, caller, now }, input) {
    for (const id of input.messages)
      tables.message.markRead(mustFind(tables.message, 'message', id).id, readerOf(caller), now);
    return ok({ read: input.messages.length });
  },
});
