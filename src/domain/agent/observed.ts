import { z } from 'zod';
import { instant } from '../instant.ts';

/**
 * Why an agent's CLI could not work.
 * - `auth`: no login, or a refused one.
 * - `quota`: the account is exhausted; `until` (an ISO time) where the CLI tells.
 * - `limit`: a turn or cost limit of the launch is reached.
 * - `bridge`: Sloop's MCP server did not start, so the agent cannot report.
 * - `sandbox`: the CLI's sandbox does not work on this machine, so it can run no command.
 * - `session`: the session to resume is unknown, or the new id is taken.
 * - `model`: the model or its endpoint failed.
 * - `other`: anything else that kept the CLI from working.
 */
export const failureKinds = [
  'auth',
  'quota',
  'limit',
  'bridge',
  'sandbox',
  'session',
  'model',
  'other',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** Why, and until when where the provider names a time. Absent in what a runner of before this was told spooled. */
const failure = {
  failure: z.enum(failureKinds).optional(),
  until: z.iso.datetime().optional().describe('When its account can be used again'),
};

/**
 * What `sloop run` saw of its agent, one thing at a time. Numbered within one session of the agent, so that what
 * arrives twice (after a lost answer, from a spool) is taken in once.
 */
export const observed = z.object({
  number: z.number().int().positive(),
  at: instant.optional().describe('When it was seen; it may be told later, even by a spool'),
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
    z.object({ kind: z.literal('failed'), reason: z.string(), ...failure }),
    z.object({ kind: z.literal('ended'), text: z.string().nullable() }),
    z.object({ kind: z.literal('raw'), text: z.string() }),
    z.object({ kind: z.literal('note'), text: z.string() }),
    z.object({ kind: z.literal('attention'), text: z.string() }).describe('A person should look at this'),
    z
      .object({ kind: z.literal('retrying'), reason: z.string(), ...failure })
      .describe('Its endpoint failed and it tries again by itself: no sign of life'),
    z.object({ kind: z.literal('alive') }).describe('A sign of life that is nothing to keep'),
  ]),
});
export type Observed = z.infer<typeof observed>;
export type Seen = Observed['seen'];
