import { z } from 'zod';
import { failureKinds } from '../../domain/agent/observed.ts';

/** One line of a scripted agent's output, as a real CLI's headless event stream has them. */
export const scriptEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session'), session: z.string() }),
  z.object({ type: z.literal('say'), text: z.string() }),
  z.object({ type: z.literal('use'), tool: z.string(), summary: z.string() }),
  z.object({ type: z.literal('denied'), tool: z.string(), reason: z.string() }),
  z.object({
    type: z.literal('usage'),
    inputTokens: z.number(),
    outputTokens: z.number(),
    costUsd: z.number(),
  }),
  z.object({
    type: z.literal('error'),
    reason: z.string(),
    failure: z.enum(failureKinds).optional(),
    until: z.iso.datetime().optional(),
  }),
  z.object({ type: z.literal('end'), text: z.string().nullable() }),
]);
export type ScriptEvent = z.infer<typeof scriptEvent>;
