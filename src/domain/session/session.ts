import { z } from 'zod';
import { instant } from '../instant.ts';
import { projectId, sessionId } from '../ids.ts';
import { title } from '../todo/todo.ts';

/** The scope that a group of agents shares. */
export const session = z.object({
  id: sessionId,
  title,
  origin: z.enum(['person', 'agent', 'loop', 'background']),
  parentId: sessionId.nullable(),
  projectId: projectId.nullable().describe('The active project'),
  role: z.string().nullable().describe('The current role'),
  status: z.enum(['open', 'closed']),
  lastActivityAt: instant,
  createdAt: instant,
  updatedAt: instant,
});
export type Session = z.infer<typeof session>;
