import type { AccountRow } from '../trees/model/entity.ts';

type Ordered = Pick<AccountRow, 'id' | 'sortOrder'>;

/**
 * The places to write so that one account changes places with its neighbour. Those that have the same place until
 * then get one of their own.
 * @param accounts in their present order
 */
export function newOrder(
  accounts: readonly Ordered[],
  moved: string,
  by: -1 | 1,
): readonly { readonly id: string; readonly order: number }[] {
  const at = accounts.findIndex(({ id }) => id === moved);
  const to = at + by;
  if (at < 0 || to < 0 || to >= accounts.length) return [];
  const ids: string[] = accounts.map(({ id }) => id);
  const [id = moved] = ids.splice(at, 1);
  ids.splice(to, 0, id);
  const before = new Map<string, number>(accounts.map((account) => [account.id, account.sortOrder]));
  return ids.flatMap((one, order) => (before.get(one) === order ? [] : [{ id: one, order }]));
}
