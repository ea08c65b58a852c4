import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { agentId } from '../../domain/ids.ts';
import { message } from '../../domain/message/message.ts';
import { page } from '../../domain/page.ts';
import { cutTo } from '../cutTo.ts';
import { defineOperation } from '../operation.ts';

const fields = message.pick({
  id: true,
  threadId: true,
  senderName: true,
  senderAgentId: true,
  recipientKind: true,
  recipientName: true,
  body: true,
  status: true,
  answeredBy: true,
  createdAt: true,
});

const cut = cutTo(fields);

export const messageRows = defineOperation({
  id: 'message.rows',
  title: 'Rows of messages',
  summary: 'Lists what one agent wrote and was written: the newest messages, the oldest of them first.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({ agent: agentId, limit: page.limit }),
  output: z.object({ items: z.array(fields), more: z.number().int().describe('Older ones') }),
  run({ tables }, { agent, limit }) {
    // As many as an agent has in its life; the table's own order is oldest first.
    const all = [
      ...tables.message.all({ senderAgentId: agent }),
      ...tables.message.all({ recipientAgentId: agent }),
    ].toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
    return ok({ items: all.slice(-limit).map(cut), more: Math.max(0, all.length - limit) });
  },
});
