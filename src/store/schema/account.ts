import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AccountId } from '../../domain/ids.ts';
import { choice, flag, id, instant, json } from './columns.ts';

export const account = sqliteTable(
  'account',
  {
    id: id<AccountId>().primaryKey(),
    provider: text().notNull(),
    label: text().notNull(),
    kind: choice(['environment', 'folder']).notNull(),
    variables: json<string[]>().notNull(),
    isExhausted: flag().notNull(),
    exhaustedUntil: instant(),
    exhaustedReason: text(),
    lastUsedAt: instant(),
    sortOrder: integer().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (row) => [index('account_order').on(row.provider, row.sortOrder, row.id)],
);
