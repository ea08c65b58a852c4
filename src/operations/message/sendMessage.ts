import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { messageId } from '../../domain/ids.ts';
import { message as messageRow } from '../../domain/message/message.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { about, aboutAlso } from './about.ts';
import { delivery, deliveryTo } from './delivery.ts';
import { insertMessage } from './insertMessage.ts';
import { resolveRecipient, to } from './recipient.ts';

const { body } = messageRow.shape;

export const sendMessage = defineOperation({
  id: 'message.send',
  title: 'Send a note',
  summary: 'Sends a note that asks for nothing, or replies in a thread.',
  effect: 'write',
  permission: 'comment',
  surfaces: everySurface,
  positional: ['body'],
  input: z.object({
    to,
    body: body.describe('The note'),
    replyTo: messageId.optional().describe('The message that this replies to'),
    ...about,
  }),
  output: messageRow.extend({ delivery }),
  run(context, input) {
    const parent =
      input.replyTo === undefined ? undefined : mustFind(context.tables.message, 'message', input.replyTo);
    const recipient = aboutAlso(context, resolveRecipient(context, input.to, false), input);
    const note = insertMessage(context, recipient, input.body, { asks: false, parent });
    return ok({ ...note, delivery: deliveryTo(context, recipient, { asks: false }) });
  },
});
