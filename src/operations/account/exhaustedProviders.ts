import { isAvailable, type Account } from '../../domain/account/account.ts';
import type { OperationContext } from '../operation.ts';

/**
 * Providers of which no account can be used now, each by the account that is there again first: what waits for them
 * waits until then, or until a person adds or resets one.
 */
export function exhaustedProviders({
  tables,
  now,
}: Pick<OperationContext, 'tables' | 'now'>): readonly Account[] {
  const byProvider = new Map<string, Account[]>();
  for (const account of tables.account.all({}))
    byProvider.set(account.provider, [...(byProvider.get(account.provider) ?? []), account]);
  return [...byProvider.values()].flatMap((accounts) => {
    if (accounts.some((account) => isAvailable(account, now))) return [];
    const [first] = accounts.toSorted((a, b) =>
      (a.exhaustedUntil ?? '9999') < (b.exhaustedUntil ?? '9999') ? -1 : 1,
    );
    return first === undefined ? [] : [first];
  });
}
