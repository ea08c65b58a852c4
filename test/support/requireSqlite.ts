import { ensureTool } from '../../scripts/setUp.mjs';

/**
 * Debian's SQLite, which shares no code with ours: it judges the files that the store leaves behind. Installed
 * where we may; otherwise the tests end, saying what is missing.
 */
export const requireSqlite = (): void => ensureTool('sqlite3', 'sqlite3');
