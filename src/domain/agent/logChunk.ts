import { z } from 'zod';
import { instant } from '../instant.ts';
import { agentId } from '../ids.ts';

/** A piece of an agent's output. It has no foreign key and keeps the agent's name: it outlives the agent. */
export const logChunk = z.object({
  sequence: z.number().int().describe('Order over all chunks'),
  agentId,
  agentName: z.string(),
  sessionNumber: z.number().int().positive(),
  kind: z
    .enum(['said', 'used', 'raw', 'note'])
    .describe('What it is: words, a tool call, an unread line, a note by Sloop'),
  content: z.string(),
  time: instant,
});
export type LogChunk = z.infer<typeof logChunk>;
