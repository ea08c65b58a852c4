import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { messageId, type AgentId, type MessageId } from '../../domain/ids.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { readerOf } from './pendingQuestions.ts';
import { besideAnAnswer, takeMessages } from './takeMessages.ts';

/** Asked after each call of an agent, so it writes nothing and reads one row. */
export const dueMessages = defineOperation({
  id: 'message.due',
  title: 'Whether messages wait',
  summary: 'Says whether the calling agent was not told of a message yet.',
  effect: 'read',
  permission: 'read',
  surfaces: [],
  input: z.object({}),
  output: z.object({ due: z.boolean() }),
  run: ({ tables, caller }) =>
    ok({
      due: caller.kind === 'agent' && tables.message.unread(caller.agentId, { limit: 1 }).items.length > 0,
    }),
});

/** What the gateway puts beside an answer, and a hook into an agent's context. */
export const deliverMessages = defineOperation({
  id: 'message.deliver',
  title: 'Deliver messages',
  summary: 'Hands the calling agent what it was not told yet, which then counts as read.',
  effect: 'write',
  permission: 'report',
  surfaces: [],
  input: z.object({
    told: z.array(messageId).default([]).describe('Messages that the call itself has just shown'),
    take: z.boolean().default(true).describe('Whether to hand over the others too'),
  }),
  output: z.object({ text: z.string().nullable().describe('For its model; null when nothing waits') }),
  run(context, { told, take }) {
    const { caller } = context;
    markTold(context, readerOf(caller), told);
    const takes = take && caller.kind === 'agent';
    return ok({ text: takes ? takeMessages(context, caller.agentId, besideAnAnswer) : null });
  },
});

/** A question is shown with its answer, which is a message of its own. */
function markTold(
  { tables, now }: OperationContext,
  reader: AgentId | 'person',
  told: readonly MessageId[],
): void {
  for (const id of told) {
    if (tables.message.find(id) === undefined) continue;
    tables.message.markRead(id, reader, now);
    if (reader === 'person') continue;
    for (const answer of tables.message.all({ parentId: id, recipientAgentId: reader }))
      tables.message.markRead(answer.id, reader, now);
  }
}
