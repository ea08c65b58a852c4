import { z } from 'zod';

/**
 * What `sloop run` saw of its agent, one thing at a time. Numbered within one session of the agent, so that what
 * arrives twice (after a lost answer, from a spool) is taken in once.
 */
export const observed = z.object({
  number: z.number().int().positive(),
  seen: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('session'), providerSessionId: z.string().min(1) }),
    z.object({ kind: z.literal('said'), text: z.string() }),
    z.object({ kind: z.literal('used'), tool: z.string(), summary: z.string() }),
    z.object({ kind: z.literal('denied'), tool: z.string(), reason: z.string() }),
    z.object({
      kind: z.literal('usage'),
      inputTokens: z.number().int().nonnegative(),
      outputTokens: z.number().int().nonnegative(),
      costUsd: z.number().nonnegative().default(0),
    }),
    z.object({ kind: z.literal('failed'), reason: z.string() }),
    z.object({ kind: z.literal('ended'), text: z.string().nullable() }),
    z.object({ kind: z.literal('raw'), text: z.string() }),
    z.object({ kind: z.literal('note'), text: z.string() }),
    z.object({ kind: z.literal('attention'), text: z.string() }).describe('A person should look at this'),
    z
      .object({ kind: z.literal('retrying'), reason: z.string() })
      .describe('Its endpoint failed and it tries again by itself: no sign of life'),
    z.object({ kind: z.literal('alive') }).describe('A sign of life that is nothing to keep'),
  ]),
});
export type Observed = z.infer<typeof observed>;
export type Seen = Observed['seen'];
