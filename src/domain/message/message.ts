import { z } from 'zod';
import { instant } from '../instant.ts';
import { agentId, messageId, projectId, sessionId, sprintId, todoId } from '../ids.ts';
import { checkMove, type Transitions } from '../transitions.ts';

export const messageStatuses = ['sent', 'pending', 'answered', 'withdrawn'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** A question, an answer or a note. A thread is a message and what replies to it. */
export const message = z.object({
  id: messageId,
  threadId: messageId.describe('The first message of its thread'),
  parentId: messageId.nullable(),
  senderKind: z.enum(['agent', 'person', 'system']),
  senderName: z.string(),
  senderAgentId: agentId.nullable(),
  recipientKind: z.enum(['agent', 'person', 'everyone']),
  recipientName: z.string().nullable(),
  recipientAgentId: agentId.nullable(),
  projectId: projectId.nullable(),
  sessionId: sessionId.nullable(),
  sprintId: sprintId.nullable(),
  todoId: todoId.nullable(),
  body: z.string().trim().min(1, 'must not be empty').max(20_000),
  requiresResponse: z.boolean(),
  parked: z.boolean().describe('Its asker ends its turn meanwhile and is resumed with the answer'),
  status: z.enum(messageStatuses).describe('sent: asks nothing; pending: waits for an answer'),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Message = z.infer<typeof message>;

export const messageMoves = {
  sent: [],
  pending: ['answered', 'withdrawn'],
  answered: [],
  withdrawn: [],
} as const satisfies Transitions<MessageStatus>;

export const checkMessageMove = (subject: Pick<Message, 'id' | 'status'>, to: MessageStatus) =>
  checkMove<MessageStatus>(`Message ${subject.id}`, messageMoves, subject.status, to);
