import fs from 'node:fs';
import path from 'node:path';
import type { Instant } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { listBackups, copySynced } from './backupFiles.ts';
import { openDatabase, type Database, type DatabaseOptions } from './sqlite/database.ts';
import { StorageFault } from './storageFault.ts';

/** What was done about a damaged main file. */
export interface Restored {
  readonly from: string;
  /** When that backup was taken: what changed later is lost. */
  readonly takenAt: Instant;
  /** Where the damaged file is kept. */
  readonly damagedFile: string;
}

/**
 * A file up to this size is checked at every open. `quick_check` takes about 7 ms a megabyte (measured: 68 ms at
 * 8 MB, 6 s at 814 MB), so a larger one is checked only when its last owner did not end cleanly.
 */
const alwaysCheckedBytes = 16 * 1024 * 1024;

export interface RecoveryParts {
  readonly storeDir: string;
  readonly file: string;
  readonly endedCleanly: boolean;
  readonly logger: Logger;
  readonly now: () => number;
  readonly options: DatabaseOptions;
}

/** Opens the main file; a damaged one is put aside and the newest good backup takes its place. */
export async function openOrRestore(
  parts: RecoveryParts,
): Promise<Result<{ db: Database; restored: Restored | null }>> {
  const { file, endedCleanly, logger } = parts;
  const size = fs.existsSync(file) ? fs.statSync(file).size : 0;
  const opened = await openChecked(file, parts.options, !endedCleanly || size <= alwaysCheckedBytes);
  if (typeof opened !== 'string') return ok({ db: opened, restored: null });
  logger.log('error', 'the database is damaged', { file, fault: opened });
  return restore(parts, opened);
}

async function restore(
  { storeDir, file, logger, now, options }: RecoveryParts,
  fault: string,
): Promise<Result<{ db: Database; restored: Restored }>> {
  // Copied, not moved: whatever ends this midway, the next open finds a damaged file here and begins again.
  const damagedFile = `${file}.damaged-${now()}`;
  const parts = ['', '-wal'].filter((suffix) => fs.existsSync(file + suffix));
  for (const suffix of parts) await copySynced(file + suffix, damagedFile + suffix);
  for (const { file: from, takenAt } of listBackups(storeDir)) {
    fs.rmSync(`${file}-wal`, { force: true });
    await copySynced(from, file);
    const db = await openChecked(file, options, true);
    if (typeof db !== 'string') {
      logger.log('warn', 'restored from a backup', { from, takenAt, damagedFile });
      return ok({ db, restored: { from, takenAt, damagedFile } });
    }
    logger.log('error', 'a backup is damaged too', { from, fault: db });
  }
  // As it was: nobody shall find an empty or an older store in place of a damaged one.
  for (const suffix of parts) fs.renameSync(damagedFile + suffix, file + suffix);
  return refuse(
    'conflict',
    `${file} is damaged (${fault}), and there is no good backup in ${path.join(storeDir, 'backups')}.`,
    'Put a good copy in its place, try SQLite’s .recover on a copy, or move it away to begin anew.',
  );
}

/**
 * Opens a file that may be lost without harm: a damaged one is put aside and an empty one begun.
 */
export async function openOrBegin(file: string, options: DatabaseOptions, now: number): Promise<Database> {
  const opened = await openChecked(file, options, false);
  if (typeof opened !== 'string') return opened;
  options.logger?.log('error', 'a damaged file was put aside', { file, fault: opened });
  for (const suffix of ['-wal', ''])
    if (fs.existsSync(file + suffix)) fs.renameSync(file + suffix, `${file}.damaged-${now}${suffix}`);
  return openDatabase(file, options);
}

/** The open database, or what is wrong with its file. Failures of the disk itself are thrown as such. */
async function openChecked(
  file: string,
  options: DatabaseOptions,
  check: boolean,
): Promise<Database | string> {
  let db: Database | undefined;
  try {
    db = await openDatabase(file, options);
    // Reading the schema finds a broken header or first page, whatever the size.
    db.get('SELECT count(*) AS n FROM sqlite_schema');
    const fault = check ? String(db.get('PRAGMA quick_check(1)')?.['quick_check']) : 'ok';
    if (fault === 'ok') return db;
    db.close();
    return fault.replaceAll('\n', ' ');
  } catch (error) {
    db?.close();
    if (error instanceof StorageFault || !(error instanceof Error) || !isDamage(error)) throw error;
    return error.message;
  }
}

/** SQLite's words for SQLITE_CORRUPT and SQLITE_NOTADB; sql.js hands on no number. */
const isDamage = ({ message }: Error): boolean => /malformed|not a database|corrupt/i.test(message);
