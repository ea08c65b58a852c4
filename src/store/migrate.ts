import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import type { Migration } from './migrations.ts';
import type { Database, SqlRow } from './sqlite/database.ts';

const bookkeeping = `CREATE TABLE IF NOT EXISTS sloop_migration (
  position INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at TEXT NOT NULL)`;

/**
 * Brings the schema up to date, one migration at a time, each whole or not at all. `beforeFirst` runs when data
 * that exists already is about to change. Data of a newer program is refused and left alone.
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[],
  options: { clock: Clock; beforeFirst: () => Promise<void> },
): Promise<Result<readonly string[]>> {
  db.exec(bookkeeping);
  const applied = db.all('SELECT name, hash FROM sloop_migration ORDER BY position');
  const known = continues(db, applied, migrations);
  if (!known.ok) return known;
  const pending = migrations.slice(applied.length);
  if (pending.length > 0 && applied.length > 0) await options.beforeFirst();
  for (const [index, migration] of pending.entries()) {
    const broken = apply(db, migration, applied.length + index + 1, options.clock);
    if (!broken.ok) return broken;
  }
  return ok(pending.map(({ name }) => name));
}

/** The list is append-only: what was applied must be its beginning, unchanged. */
function continues(db: Database, applied: readonly SqlRow[], migrations: readonly Migration[]): Result<null> {
  for (const [index, row] of applied.entries()) {
    const migration = migrations[index];
    if (migration !== undefined && migration.name === row['name'] && hashOf(migration) === row['hash'])
      continue;
    return refuse(
      'conflict',
      `${db.path} was written by a ${migration === undefined ? 'newer' : 'different'} version of Sloop ` +
        `(schema step ${String(row['name'])}).`,
      'Update the extension, then open it again. Nothing was changed.',
    );
  }
  return ok(null);
}

function apply(db: Database, migration: Migration, position: number, clock: Clock): Result<null> {
  // Inside a transaction SQLite ignores this pragma, and a rebuilt table's DROP would delete its children.
  db.exec('PRAGMA foreign_keys=OFF');
  try {
    db.transaction(() => {
      db.exec(migration.sql);
      const orphan = db.get('PRAGMA foreign_key_check');
      if (orphan !== undefined) throw new OrphanRow(orphan);
      db.run('INSERT INTO sloop_migration VALUES (?, ?, ?, ?)', [
        position,
        migration.name,
        hashOf(migration),
        clock.now(),
      ]);
    });
    return ok(null);
  } catch (error) {
    if (!(error instanceof OrphanRow)) throw error;
    return refuse(
      'conflict',
      `${db.path} could not be updated (step ${migration.name}): ${error.message} Nothing was changed.`,
      'Go back to the version of the extension that you had, and report this.',
    );
  } finally {
    db.exec('PRAGMA foreign_keys=ON');
  }
}

class OrphanRow extends Error {
  constructor({ table, rowid, parent }: SqlRow) {
    super(`row ${String(rowid)} of ${String(table)} refers to a row of ${String(parent)} that is not there.`);
  }
}

/** Line endings do not count: a checkout may change them. */
const hashOf = ({ sql }: Migration): string =>
  createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
