import type { Agent } from '../../domain/agent/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message/message.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import { untold } from './untold.ts';

/** How much of what waits for an agent goes into its context at once. */
export interface DeliveryLimits {
  readonly messages: number;
  readonly characters: number;
}

/** Beside a tool's answer. What is left over comes with the next call. */
export const besideAnAnswer: DeliveryLimits = { messages: 20, characters: 8000 };
/** In the prompt with which an agent goes on. */
export const inAPrompt: DeliveryLimits = { messages: 50, characters: 60_000 };

/**
 * What an agent was not told yet (notes, answers, questions that wait for it) as text for its model, oldest first.
 * All that is in the text counts as read by this, so that no other channel tells it again. Null: nothing waits.
 */
export function takeMessages(
  context: OperationContext,
  reader: AgentId,
  limits: DeliveryLimits = besideAnAnswer,
): string | null {
  const { tables, now } = context;
  const agent = mustFind(tables.agent, 'agent', reader);
  const waiting = untold(context, reader).filter((message) => isFor(message, agent));
  const texts: string[] = [];
  let room = limits.characters;
  for (const message of waiting.slice(0, limits.messages)) {
    const text = textOf(context, message, reader, limits.characters);
    if (text.length > room) break;
    room -= text.length;
    texts.push(text);
    tables.message.markRead(message.id, reader, now);
  }
  if (texts.length === 0) return null;
  const left = waiting.length - texts.length;
  return [
    'Messages for you from your team (each is told once):',
    ...texts,
    ...(left === 0 ? [] : [`${left} more wait. They come with your next call; or: sloop message inbox.`]),
  ].join('\n\n');
}

/** A person, who may have it resumed, reaches what was said to everyone of other projects too. */
const isFor = (message: Message, agent: Agent): boolean =>
  message.recipientAgentId === agent.id ||
  (agent.projectId === null
    ? message.projectId === null && message.sessionId === agent.sessionId
    : message.projectId === agent.projectId);

function textOf(context: OperationContext, message: Message, reader: AgentId, room: number): string {
  const { id, senderName, parentId } = message;
  const body = cut(message, Math.floor(room / 2));
  if (message.status === 'pending')
    return `${senderName} asks you (message ${id}):\n${body}\nAnswer with the operation message.answer, or: sloop answer ${id} "…"`;
  const parent = parentId === null ? undefined : context.tables.message.find(parentId);
  if (parent?.senderAgentId === reader && parent.requiresResponse)
    return `${senderName} answers your question "${opening(parent.body)}" (message ${parent.id}):\n${body}`;
  if (parent !== undefined)
    return `${senderName} writes about "${opening(parent.body)}" (message ${id}):\n${body}`;
  return `${senderName} writes (message ${id}):\n${body}`;
}

const cut = ({ id, body }: Message, most: number): string =>
  body.length <= most ? body : `${body.slice(0, most)}… (cut; whole: sloop message show ${id})`;

const opening = (body: string): string => {
  const [line = ''] = body.split('\n');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
};
