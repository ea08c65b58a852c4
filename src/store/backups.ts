import fs from 'node:fs';
import path from 'node:path';
import { millisecondsOf, type Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { backupFolder, backupName, copySynced, listBackups } from './backupFiles.ts';
import { isWhole } from './isWhole.ts';
import type { Database } from './sqlite/database.ts';

/** After so many changes a backup is due, or after a day with any (STORE: "Backups"). */
const changesPerBackup = 500;
const dayMs = 24 * 60 * 60 * 1000;
/** How many are kept. */
const kept = 5;

export interface BackupParts {
  readonly storeDir: string;
  readonly main: Database;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Keeps copies of the main file. Between checkpoints SQLite writes its log only, so the main file can be copied
 * while work goes on; a backup lacks at most what was in the log at that moment.
 */
export class Backups {
  readonly #parts: BackupParts;
  #changes = 0;
  #running: Promise<string | null> | undefined;

  constructor(parts: BackupParts) {
    this.#parts = parts;
  }

  noteChanges(count: number): void {
    this.#changes += count;
  }

  isDue(): boolean {
    if (this.#changes === 0) return false;
    if (this.#changes >= changesPerBackup) return true;
    const [newest] = listBackups(this.#parts.storeDir);
    const since = newest === undefined ? this.#bornAt() : millisecondsOf(newest.takenAt);
    return this.#now() - since >= dayMs;
  }

  /** Takes a backup and returns its file; null when it could not be taken, which is logged. One at a time. */
  take(why: 'regular' | 'before-migration' = 'regular'): Promise<string | null> {
    this.#running ??= this.#take(why).finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Resolves when no backup is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #take(why: 'regular' | 'before-migration'): Promise<string | null> {
    const { main, storeDir, logger } = this.#parts;
    const file = path.join(backupFolder(storeDir), backupName(this.#now(), why));
    const changes = this.#changes;
    main.checkpoint();
    main.pauseCheckpoints();
    try {
      const before = main.mainWrites;
      await copySynced(main.path, file);
      if (main.mainWrites !== before) throw new Error('The main file was written while it was copied.');
    } catch (error) {
      fs.rmSync(file, { force: true });
      logger.log('error', 'no backup could be taken', { file, error });
      return null;
    } finally {
      main.resumeCheckpoints();
    }
    this.#changes -= changes;
    await this.#dropOld(file);
    return file;
  }

  /** Only a new backup that is known to be whole takes the place of older ones. */
  async #dropOld(newest: string): Promise<void> {
    const { storeDir, logger } = this.#parts;
    if (!(await isWhole(newest))) {
      fs.rmSync(newest, { force: true });
      logger.log('error', 'a backup was not whole and was dropped; the older ones stay', { file: newest });
      return;
    }
    for (const { file } of listBackups(storeDir).slice(kept)) fs.rmSync(file, { force: true });
    logger.log('info', 'backup taken', { file: newest });
  }

  /** A store that never had a backup counts its day from its own beginning, however often it was opened since. */
  #bornAt(): number {
    return fs.statSync(this.#parts.main.path).birthtimeMs;
  }

  #now(): number {
    return millisecondsOf(this.#parts.clock.now());
  }
}
