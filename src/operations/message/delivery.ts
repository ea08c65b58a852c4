import { z } from 'zod';
import { isLive } from '../../domain/agent/agent.ts';
import { isWaitingForAnswer } from '../agent/settleWaiting.ts';
import type { OperationContext } from '../operation.ts';
import type { Recipient } from './recipient.ts';

const ways = [
  'inbox',
  'next tool call',
  'when it goes on',
  'when it is resumed',
  'it is resumed with it',
] as const;
export type Delivery = (typeof ways)[number];

/** How a message gets to its recipient. */
export const delivery = z
  .enum(ways)
  .describe(
    'How it arrives; when it goes on: it stands at its prompt or in a dialog until somebody answers there',
  );

/** How a message will arrive, as the rows stand before it is written. */
export function deliveryTo(
  context: OperationContext,
  { recipientKind, recipientAgentId }: Recipient,
  { asks }: { readonly asks: boolean },
): Delivery {
  if (recipientKind === 'person') return 'inbox';
  const agent = recipientAgentId === null ? undefined : context.tables.agent.find(recipientAgentId);
  if (agent === undefined) return 'next tool call';
  if (!isLive(agent.status)) return asks ? 'it is resumed with it' : 'when it is resumed';
  if (agent.form !== 'interactive' || agent.status !== 'waiting_for_input') return 'next tool call';
  // With a question of its own that waits, it is inside of a tool call; else its turn is over, or a dialog is open.
  return isWaitingForAnswer(context, agent.id) ? 'next tool call' : 'when it goes on';
}
