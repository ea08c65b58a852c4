import assert from 'node:assert/strict';
import type { Instant } from '../../../../src/base/clock.ts';
import { chooseAmong, isAvailable, type Account } from '../../../../src/domain/account/account.ts';
import { anAccount } from '../../../support/anAccount.ts';
import { noon } from '../../../support/builders.ts';

const at = (time: string) => `2026-01-05T${time}:00.000Z` as Instant;
const spent = (until: Instant | null): Partial<Account> => ({ isExhausted: true, exhaustedUntil: until });

function chosen(...accounts: readonly Account[]): string {
  const choice = chooseAmong(accounts, noon);
  return choice.kind === 'account'
    ? choice.account.label
    : `${choice.kind} ${'until' in choice ? choice.until : ''}`;
}

describe('the choice of an account', () => {
  it('is none where none is known', () => assert.equal(chosen(), 'none '));

  it('takes those that were never used first, in their order', () => {
    const used = anAccount('used', { lastUsedAt: at('08:00') });
    assert.equal(chosen(used, anAccount('second', { sortOrder: 2 }), anAccount('first')), 'first');
  });

  it('takes the one that was used longest ago, whatever its order', () => {
    const late = anAccount('late', { lastUsedAt: at('11:00'), sortOrder: 1 });
    assert.equal(chosen(late, anAccount('early', { lastUsedAt: at('09:00'), sortOrder: 2 })), 'early');
  });

  it('passes over exhausted ones until their time has come', () => {
    const first = (until: Instant) => anAccount('first', spent(until));
    assert.equal(chosen(first(at('12:30')), anAccount('second', { sortOrder: 2 })), 'second');
    assert.equal(chosen(first(noon), anAccount('second', { sortOrder: 2 })), 'first');
  });

  it('says the earliest time when all are exhausted, and none where a person has to say so', () => {
    assert.equal(
      chosen(
        anAccount('a', spent(at('15:00'))),
        anAccount('b', spent(at('13:00'))),
        anAccount('c', spent(null)),
      ),
      `exhausted ${at('13:00')}`,
    );
    assert.equal(chosen(anAccount('a', spent(null))), 'exhausted null');
  });

  it('keeps one that waits for a person out for good', () =>
    assert.equal(isAvailable({ isExhausted: true, exhaustedUntil: null }, at('23:59')), false));
});
