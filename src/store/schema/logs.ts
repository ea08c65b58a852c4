import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AgentId } from '../../domain/ids.ts';
import { choice, id, instant } from './columns.ts';

/** Agents' output, in a file of its own: it is large, and no backup needs it. */
export const logChunk = sqliteTable(
  'log_chunk',
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    agentId: id<AgentId>().notNull(),
    agentName: text().notNull(),
    sessionNumber: integer().notNull(),
    kind: choice(['said', 'used', 'raw', 'note']).notNull(),
    content: text().notNull(),
    time: instant().notNull(),
  },
  (row) => [index('log_chunk_agent').on(row.agentId, row.sequence)],
);
