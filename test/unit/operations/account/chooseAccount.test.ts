import assert from 'node:assert/strict';
import type { Account } from '../../../../src/domain/account/account.ts';
import type { AccountId } from '../../../../src/domain/ids.ts';
import { accountFor, accountForStart } from '../../../../src/operations/account/chooseAccount.ts';
import { anAccount } from '../../../support/anAccount.ts';
import { noon } from '../../../support/builders.ts';
import { createTestHost, type TestHost } from '../../../support/testHost.ts';

const later = '2026-01-05T15:00:00.000Z' as Account['exhaustedUntil'];
const spent = { isExhausted: true, exhaustedUntil: later } as const;

describe('the account of a start', () => {
  let host: TestHost;
  beforeEach(async () => (host = await createTestHost()));
  afterEach(() => host.dispose());

  /** Label of the account that a session of `provider` goes on with, which `own` began. */
  const resumed = (provider: string, own: Account | null, ...others: readonly Account[]): Promise<string> =>
    host.tables((tables) => {
      for (const one of [...(own === null ? [] : [own]), ...others])
        tables.account.insert({ ...one, provider });
      const providers = {
        list: () => [],
        accounts: (id: string) => ({ variables: ['KEY'], resumesAcrossAccounts: id === 'claude' }),
      };
      const agent = { provider, accountId: own?.id ?? (null as AccountId | null) };
      const choice = accountForStart({ tables, providers, now: noon }, agent, true);
      return choice.kind === 'account' ? choice.account.label : choice.kind;
    });

  it('is one of its own provider', async () => {
    const choice = await host.tables((tables) => {
      tables.account.insert(anAccount('other', { provider: 'codex' }));
      return accountFor({ tables, now: noon }, 'claude');
    });
    assert.equal(choice.kind, 'none');
  });

  it('stays the same when a session goes on, although another was used longer ago', async () =>
    assert.equal(await resumed('claude', anAccount('own', { lastUsedAt: noon }), anAccount('other')), 'own'));

  it('becomes the next one when its own is exhausted', async () =>
    assert.equal(await resumed('claude', anAccount('own', spent), anAccount('other')), 'other'));

  it('becomes the next one for a session of the user’s own login', async () =>
    assert.equal(await resumed('claude', null, anAccount('other')), 'other'));

  it('never leaves an account’s own folder', async () => {
    assert.equal(
      await resumed('claude', anAccount('own', { kind: 'folder', ...spent }), anAccount('b')),
      'exhausted',
    );
  });

  it('does not move into an account’s own folder', async () => {
    const folder = anAccount('folder', { kind: 'folder', variables: [] });
    assert.equal(await resumed('claude', anAccount('own', spent), folder), 'exhausted');
  });

  it('stays where the provider binds its sessions to who began them', async () => {
    assert.equal(await resumed('codex', anAccount('own', spent), anAccount('other')), 'exhausted');
    assert.equal(await resumed('codex', null, anAccount('third')), 'none');
  });
});
