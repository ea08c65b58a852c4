import logsInitial from './logMigrations/0000_initial.sql';
import initial from './migrations/0000_initial.sql';
import search from './migrations/0001_search.sql';
import windows from './migrations/0002_windows.sql';
import backlog from './migrations/0003_backlog.sql';
import parallelAgents from './migrations/0004_parallel_agents.sql';

/** One step of the schema, as drizzle-kit wrote it. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** In order; append only. A contract test holds this list against the folder. */
export const migrations: readonly Migration[] = [
  { name: '0000_initial', sql: initial },
  { name: '0001_search', sql: search },
  { name: '0002_windows', sql: windows },
  { name: '0003_backlog', sql: backlog },
  { name: '0004_parallel_agents', sql: parallelAgents },
];

/** The same for the file that keeps the agents' output. */
export const logMigrations: readonly Migration[] = [{ name: '0000_initial', sql: logsInitial }];
