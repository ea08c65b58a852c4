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

/** What Sloop knows of how a provider's accounts are used. */
export interface AccountRules {
  /** Environment variables that can hold a credential, the usual one first. */
  readonly variables: readonly string[];
  /** The variable that names a configuration folder; absent where an account cannot have one of its own. */
  readonly folderVariable?: string;
  /** Whether a session that one account began can be gone on with by another one of kind `environment`. */
  readonly resumesAcrossAccounts: boolean;
}

/** The login that the CLI has by itself. It has credentials nowhere else, so there is nothing to hand over. */
export const isOwnLogin = ({ kind, variables }: Pick<Account, 'kind' | 'variables'>): boolean =>
  kind === 'environment' && variables.length === 0;

/** Which account an agent is to use. */
export type AccountChoice =
  | { readonly kind: 'account'; readonly account: Account }
  /** No account is known for the provider: the user's own login is used. */
  | { readonly kind: 'none' }
  /** None can be used before this time; null: not before a person says so. */
  | { readonly kind: 'exhausted'; readonly until: Instant | null };

/** Of the given accounts the available one that was used longest ago, then by their order. */
export function chooseAmong(accounts: readonly Account[], now: Instant): AccountChoice {
  if (accounts.length === 0) return { kind: 'none' };
  const [next] = accounts.filter((one) => isAvailable(one, now)).toSorted(byTurn);
  if (next !== undefined) return { kind: 'account', account: next };
  const times = accounts.flatMap(({ exhaustedUntil }) => exhaustedUntil ?? []);
  return { kind: 'exhausted', until: times.toSorted()[0] ?? null };
}

function byTurn(one: Account, other: Account): number {
  const [mine, theirs] = [one.lastUsedAt ?? '', other.lastUsedAt ?? ''];
  if (mine !== theirs) return mine < theirs ? -1 : 1;
  return one.sortOrder - other.sortOrder || (one.id < other.id ? -1 : 1);
}
