import nodeFs from 'node:fs';
import path from 'node:path';
import { drizzle, type SQLJsDatabase } from 'drizzle-orm/sql-js';
import type { Database as SqlJsDatabase, SqlValue } from 'sql.js';
import { silentLogger, type Logger } from '../../base/logger.ts';
import { StorageFault } from '../storageFault.ts';
import { lowerFence, raiseFence } from './fence.ts';
import { loadFileLayer, type Connected, type FileLayer } from './fileLayer.ts';
import { FileSet, type FileSystem } from './fileSet.ts';
import { StatementCache } from './statementCache.ts';

export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface DatabaseOptions {
  readonly logger?: Logger;
  /** `full` keeps every acknowledged commit through a power loss; `normal` only keeps the file whole. */
  readonly synchronous?: 'full' | 'normal';
  readonly cacheKiB?: number;
  readonly wasmPath?: string;
  readonly fs?: FileSystem;
}

/** SQLite's own number of WAL pages after which a commit also checkpoints. */
const autoCheckpointPages = 1000;
/** A WAL that one big change blew up shrinks back to this. */
const walKeptBytes = 64 * 1024 * 1024;

/**
 * Opens the SQLite file at `databasePath`, making it where there is none. The caller owns the folder
 * (ownership.ts): SQLite's own locks do not work under sql.js.
 */
export async function openDatabase(databasePath: string, options: DatabaseOptions = {}): Promise<Database> {
  const layer = await loadFileLayer(options.wasmPath);
  return new Database(layer, path.resolve(databasePath), options);
}

/**
 * One open SQLite file. All calls are synchronous. Numbers are JavaScript's: integers beyond 2^53 come back
 * rounded, so nothing in the schema may need them.
 */
export class Database {
  readonly path: string;
  /** Typed queries; prepared once and cached, also when a query is not kept with `.prepare()`. */
  readonly drizzle: SQLJsDatabase;
  readonly #layer: FileLayer;
  readonly #options: DatabaseOptions;
  readonly #logger: Logger;
  readonly #files: FileSet;
  readonly #statements: StatementCache;
  #open: Connected | undefined;
  #closed = false;
  #checkpointsPaused = false;
  #inTransaction = false;

  constructor(layer: FileLayer, databasePath: string, options: DatabaseOptions) {
    this.path = databasePath;
    this.#layer = layer;
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
    const gathersWal = (options.synchronous ?? 'full') === 'full';
    this.#files = new FileSet(databasePath, options.fs ?? nodeFs, { gathersWal });
    this.#statements = new StatementCache((work) => this.#use(work));
    // The driver's type asks for the whole sql.js class; it only ever calls `prepare`.
    this.drizzle = drizzle(this.#statements as unknown as SqlJsDatabase);
    this.#connect();
  }

  /** How often the database file itself was written; it stands still between checkpoints. */
  get mainWrites(): number {
    return this.#files.mainWrites;
  }

  /** Runs one statement and returns how many rows an INSERT, UPDATE or DELETE changed. */
  run(text: string, params: readonly SqlValue[] = []): number {
    return this.#statements.run(text, params as SqlValue[]);
  }

  get(text: string, params: readonly SqlValue[] = []): SqlRow | undefined {
    return this.all(text, params)[0];
  }

  /** All rows, as objects by column name. */
  all(text: string, params: readonly SqlValue[] = []): SqlRow[] {
    return this.#statements.rows(text, params as SqlValue[]);
  }

  /** Runs a script of several statements. */
  exec(script: string): void {
    this.#use((sql) => sql.run(script));
    this.#statements.forgetNames();
  }

  /**
   * Runs `body` in one durable transaction. If it throws, nothing of it stays. If the disk fails, nothing stays
   * either, a `StorageFault` tells why, and the file is opened anew, now or at the next use.
   */
  transaction<T>(body: () => T): T {
    if (this.#inTransaction) throw new Error('Transactions do not nest; a job runs inside one already.');
    this.#files.takeFault();
    this.#files.markWal();
    this.run('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    try {
      const value = this.#bodyOf(body);
      try {
        this.run('COMMIT');
      } catch (error) {
        throw this.#recover(error);
      }
      const fault = this.#files.takeFault();
      // The commit is safe in the WAL; SQLite tries again to move it into the main file at the next checkpoint.
      if (fault !== undefined) this.#logger.log('warn', 'checkpoint failed', { error: fault });
      return value;
    } finally {
      this.#inTransaction = false;
    }
  }

  /** Moves the WAL into the main file. False when it was not moved whole, or while checkpoints are paused. */
  checkpoint(): boolean {
    if (this.#checkpointsPaused) return false;
    try {
      const row = this.get('PRAGMA wal_checkpoint(PASSIVE)');
      return row !== undefined && row['busy'] === 0 && row['log'] === row['checkpointed'];
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // No commit is lost by it: all of them stay in the WAL.
      this.#logger.log('warn', 'checkpoint failed', { error: error.cause });
      return false;
    }
  }

  /** Until resumed, only the WAL grows and the main file can be copied. */
  pauseCheckpoints(): void {
    this.#checkpointsPaused = true;
    this.exec('PRAGMA wal_autocheckpoint=0');
  }

  resumeCheckpoints(): void {
    this.#checkpointsPaused = false;
    this.exec(`PRAGMA wal_autocheckpoint=${autoCheckpointPages}`);
  }

  /** Closes and opens the file. If it cannot be opened now, each later use tries again. */
  reopen(): void {
    this.#disconnect();
    this.#connect();
  }

  /** Checkpoints and lets go of the file; other programs may then use it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#disconnect();
    lowerFence(this.path);
  }

  #bodyOf<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (error instanceof StorageFault) throw this.#recover(error);
      this.#rollback();
      throw error;
    }
  }

  /** SQLite may have rolled back by itself; its complaint about that must not hide the first error. */
  #rollback(): void {
    try {
      this.run('ROLLBACK');
    } catch (error) {
      this.#logger.log('debug', 'already rolled back', { error });
    }
  }

  /** After a failed write nothing in memory is trusted: back to what the disk is known to hold. */
  #recover(error: unknown): StorageFault {
    const cause = this.#files.takeFault() ?? (error instanceof StorageFault ? error.cause : error);
    this.#rollback();
    this.#files.refuseWalWrites();
    try {
      this.reopen();
    } catch (again) {
      this.#logger.log('warn', 'the database could not be opened again yet', {
        path: this.path,
        error: again,
      });
    }
    this.#files.takeFault();
    return new StorageFault(this.path, cause);
  }

  #use<T>(work: (sql: SqlJsDatabase) => T): T {
    if (this.#closed) throw new Error(`${this.path} is closed`);
    const open = this.#open ?? this.#connect();
    try {
      return work(open.sql);
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** A failure with an error of the operating system behind it is a storage fault; others are SQLite's own. */
  #explained(error: unknown): Error {
    const fault = this.#files.takeFault();
    if (fault !== undefined) return new StorageFault(this.path, fault);
    if (error instanceof Error && 'syscall' in error) return new StorageFault(this.path, error);
    return error instanceof Error ? error : new Error(String(error));
  }

  #connect(): Connected {
    try {
      raiseFence(this.path);
      this.#files.discardRefused();
      this.#open = this.#layer.open(this.#files);
      configure(this.#open.sql, this.#options, this.#checkpointsPaused);
      return this.#open;
    } catch (error) {
      const explained = this.#explained(error);
      this.#disconnect();
      throw explained;
    }
  }

  #disconnect(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#statements.forget();
    try {
      open.sql.close();
    } finally {
      open.release();
    }
  }
}

function configure(sql: SqlJsDatabase, options: DatabaseOptions, checkpointsPaused: boolean): void {
  // First of all, so that the WAL's index lives in our memory and no shared memory file is needed.
  sql.run('PRAGMA locking_mode=EXCLUSIVE');
  const mode = sql.exec('PRAGMA journal_mode=WAL')[0]?.values[0]?.[0];
  if (mode !== 'wal') throw new Error(`SQLite refused write-ahead logging (journal mode ${String(mode)})`);
  sql.run(`PRAGMA synchronous=${options.synchronous ?? 'full'};
    PRAGMA foreign_keys=ON;
    PRAGMA cache_size=-${options.cacheKiB ?? 16 * 1024};
    PRAGMA temp_store=MEMORY;
    PRAGMA journal_size_limit=${walKeptBytes};
    PRAGMA wal_autocheckpoint=${checkpointsPaused ? 0 : autoCheckpointPages}`);
}
