import { z } from 'zod';
import { instant } from '../instant.ts';
import { nouns, projectId, sessionId } from '../ids.ts';
import { surfaces } from '../caller.ts';

/** The fields of a row that a change touched, as they were and as they became. */
export const changedFields = z.record(z.string(), z.unknown());

/** One committed change, who made it and when: the audit trail. */
export const event = z.object({
  sequence: z.number().int().describe('Order over all events; never reused'),
  time: instant,
  operation: z.string(),
  surface: z.enum(surfaces),
  callerKind: z.enum(['person', 'agent', 'system']),
  caller: z.string(),
  noun: z.enum(nouns),
  entityId: z.string(),
  action: z.enum(['created', 'updated', 'deleted']),
  from: changedFields.nullable(),
  to: changedFields.nullable(),
  durationMs: z.number(),
  projectId: projectId.nullable(),
  sessionId: sessionId.nullable(),
});
export type Event = z.infer<typeof event>;
