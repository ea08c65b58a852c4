import type { AccountRow, TreeRow } from '../model/entity.ts';
import { facts, green, muted, yellow, type Look } from './look.ts';
import { ago, count, timeOfDay } from './words.ts';

/** Whether it can be used at a moment: an exhaustion ends by itself at the time that the provider named. */
export const isAvailable = ({ isExhausted, exhaustedUntil }: AccountRow, now: number): boolean =>
  !isExhausted || (exhaustedUntil !== null && Date.parse(exhaustedUntil) <= now);

export function accountLook(account: AccountRow, now: number): Look {
  const { label, exhaustedUntil, lastUsedAt, provider } = account;
  const fine = isAvailable(account, now);
  const state = fine
    ? 'available'
    : exhaustedUntil === null
      ? 'exhausted until you say otherwise'
      : `exhausted until ${timeOfDay(exhaustedUntil, now)}`;
  const said = facts(state, lastUsedAt === null ? 'never used' : `used ${ago(lastUsedAt, now)}`);
  return {
    label,
    description: said,
    icon: fine ? { name: 'pass', color: green } : { name: 'watch', color: yellow },
    context: `account.${account.kind}.${fine ? 'available' : 'exhausted'}`,
    spoken: `Account ${label} of ${provider}, ${said}`,
  };
}

/** The accounts of one provider take turns. */
export function providerLook(
  { provider, accounts }: Extract<TreeRow, { kind: 'provider' }>,
  now: number,
): Look {
  const fine = accounts.filter((account) => isAvailable(account, now)).length;
  const said =
    fine === accounts.length
      ? count(fine, 'account')
      : `${fine} of ${count(accounts.length, 'account')} available`;
  return {
    label: provider,
    description: said,
    icon: fine === 0 ? { name: 'watch', color: yellow } : { name: 'key', color: muted },
    context: 'provider',
    spoken: `${provider}, ${said}`,
  };
}
