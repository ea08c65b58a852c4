import type { Database } from '../../../src/store/sqlite/database.ts';
import { examine, integrity } from './independentSqlite.ts';

/**
 * A load whose right state is known from the number of its last change alone: change n inserts entry n, counts
 * itself, and each tenth removes the entry five before it. So a lost, half or foreign change shows.
 */
export const entriesSchema = `
  CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS ledger (id INTEGER PRIMARY KEY CHECK (id = 1), changes INTEGER NOT NULL);
  INSERT OR IGNORE INTO ledger VALUES (1, 0)`;

/** Some bodies need pages of their own. */
const bodyLength = (change: number) => (change % 13 === 0 ? 6000 : 1) + ((change * 37) % 900);
const bodyOf = (change: number) => `entry-${change}-${'x'.repeat(bodyLength(change))}`;
const bodyInSql = `printf('entry-%d-%.*c', id, iif(id % 13 = 0, 6000, 1) + id * 37 % 900, 'x')`;

/** Makes change number `change`; for use inside a transaction. */
export function makeChange(db: Database, change: number): void {
  db.run('INSERT INTO entry VALUES (?, ?)', [change, bodyOf(change)]);
  if (change % 10 === 0) db.run('DELETE FROM entry WHERE id = ?', [change - 5]);
  db.run('UPDATE ledger SET changes = ?', [change]);
}

/** How many changes the database holds. */
export const changesIn = (db: Database): number => Number(db.get('SELECT changes FROM ledger')?.['changes']);

const wrongEntries = `
  (SELECT count(*) FROM entry WHERE id NOT BETWEEN 1 AND changes OR body <> ${bodyInSql}
    OR (id % 10 = 5 AND id + 5 <= changes))`;
const missingEntries = `changes - changes / 10 - (SELECT count(*) FROM entry)`;

export interface FoundEntries {
  readonly changes: number;
  /** `undefined` when every change up to `changes` is there, whole, and nothing else. */
  readonly wrong: string | undefined;
}

/** What the independent SQLite finds in copies of such databases. */
export async function examineEntries(copies: readonly string[]): Promise<FoundEntries[]> {
  const query = `SELECT changes, ${wrongEntries}, ${missingEntries}, ${integrity} FROM ledger`;
  return (await examine(copies, query)).map((row) => {
    const [changes, wrong, missing, check] = row;
    const sound = wrong === '0' && missing === '0' && check === 'ok';
    return { changes: Number(changes), wrong: sound ? undefined : row.join(' | ') };
  });
}
