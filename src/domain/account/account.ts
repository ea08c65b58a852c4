import { z } from 'zod';
import type { Instant } from '../../base/clock.ts';
import { instant } from '../instant.ts';
import { accountId } from '../ids.ts';

/** A login of a provider. Its credentials are behind the Secrets port, never in a row. */
export const account = z.object({
  id: accountId,
  provider: z.string(),
  label: z.string().trim().min(1).max(100),
  kind: z
    .enum(['environment', 'folder'])
    .describe('How it is handed to the agent: variables, or a private configuration folder'),
  variables: z.array(z.string()).describe('Names of the variables that its credentials are kept under'),
  isExhausted: z.boolean(),
  exhaustedUntil: instant.nullable().describe('null while exhausted: until a person says otherwise'),
  exhaustedReason: z.string().nullable(),
  lastUsedAt: instant.nullable(),
  sortOrder: z.number().int(),
  createdAt: instant,
  updatedAt: instant,
});
export type Account = z.infer<typeof account>;

/** Whether it may be used now: an exhaustion ends by itself at the time that the provider named. */
export const isAvailable = (
  { isExhausted, exhaustedUntil }: Pick<Account, 'isExhausted' | 'exhaustedUntil'>,
  now: Instant,
): boolean => !isExhausted || (exhaustedUntil !== null && exhaustedUntil <= now);
