import type { Account } from '../../src/domain/account/account.ts';
import { noon } from './builders.ts';

/** An account that can be used, with whatever the test does not mention filled in. */
export const anAccount = (id: string, fields: Partial<Account> = {}): Account => ({
  id: id.padEnd(12, '0') as Account['id'],
  provider: 'claude',
  label: id,
  kind: 'environment',
  variables: ['ANTHROPIC_API_KEY'],
  isExhausted: false,
  exhaustedUntil: null,
  exhaustedReason: null,
  lastUsedAt: null,
  sortOrder: 1,
  createdAt: noon,
  updatedAt: noon,
  ...fields,
});
