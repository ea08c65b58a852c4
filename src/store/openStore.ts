import fs from 'node:fs';
import path from 'node:path';
import { millisecondsOf, type Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { expectOk, ok, Refused, refuseNow, type Result } from '../base/result.ts';
import { Backups } from './backups.ts';
import { GroupCommit } from './groupCommit.ts';
import { IdleWork } from './idleWork.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { claimOwnership, type Ownership } from './ownership/claimOwnership.ts';
import { openOrBegin, openOrRestore, type Restored } from './recovery.ts';
import type { Database } from './sqlite/database.ts';
import { StorageFault } from './storageFault.ts';

export interface StoreOptions {
  /** The folder of the workspace's data; made where it is absent. */
  readonly dir: string;
  readonly migrations: readonly Migration[];
  readonly logMigrations: readonly Migration[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly wasmPath?: string;
}

/** What happened when the store was opened. */
export interface OpenReport {
  /** Schema steps that were applied. */
  readonly migrated: readonly string[];
  /** The copy that was taken before the first of them; null where there was nothing to copy. */
  readonly copiedBefore: string | null;
  /** The damaged file that was replaced, and by what; null in all ordinary cases. */
  readonly restored: Restored | null;
}

/** The open store of one workspace, owned by this process. */
export interface Store {
  readonly main: Database;
  /** Agents' output: a file of its own, outside the backups. */
  readonly logs: Database;
  readonly opened: OpenReport;
  /** Runs a synchronous job in a transaction on `main`; resolves when it is durable. */
  write<T>(job: () => T): Promise<T>;
  /** Runs a synchronous job on `main` at once. */
  read<T>(job: () => T): T;
  /** Takes a backup now; the file, or null when it failed (the log says why). */
  backupNow(): Promise<string | null>;
  /** Lets waiting writes end, closes the files and gives the folder up. */
  close(): Promise<void>;
}

/**
 * Opens the store in `dir`. Refused where another process owns it, the folder cannot be written, the data is of a
 * newer program, or the file is damaged and no good backup is there.
 */
export async function openStore(options: StoreOptions): Promise<Result<Store>> {
  try {
    const ownership = await own(options.dir);
    try {
      return ok(await openOwned(options, ownership));
    } catch (error) {
      await ownership.release();
      throw error;
    }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

async function own(dir: string): Promise<Ownership> {
  const claimed = await claimIn(dir);
  if (claimed.kind === 'owner') return claimed;
  claimed.dispose();
  return refuseNow(
    'unavailable',
    `Process ${claimed.pid} owns the store in ${dir}.`,
    'Use it as it is (sloop status), or end that process first.',
  );
}

async function claimIn(dir: string) {
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    return expectOk(await claimOwnership(dir));
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new StorageFault(path.join(dir, 'sloop.db'), error);
    throw error;
  }
}

async function openOwned(options: StoreOptions, ownership: Ownership): Promise<Store> {
  const { dir, clock, logger } = options;
  const wasm = options.wasmPath === undefined ? {} : { wasmPath: options.wasmPath };
  const { db: main, restored } = expectOk(
    await openOrRestore({
      storeDir: dir,
      file: path.join(dir, 'sloop.db'),
      endedCleanly: ownership.predecessor !== 'died',
      logger,
      now: () => millisecondsOf(clock.now()),
      options: { logger, ...wasm },
    }),
  );
  const backups = new Backups({ storeDir: dir, main, clock, logger });
  let copiedBefore: string | null = null;
  let logs: Database | undefined;
  try {
    const beforeFirst = async () => {
      copiedBefore = await backups.take('before-migration');
      if (copiedBefore === null)
        refuseNow(
          'unavailable',
          `${main.path} could not be copied before its update.`,
          'Make room on the disk and try again.',
        );
    };
    const migrated = expectOk(await migrate(main, options.migrations, { clock, beforeFirst }));
    logs = await openLogs(options, wasm);
    return assemble({ main, logs, backups, ownership, opened: { migrated, copiedBefore, restored } });
  } catch (error) {
    main.close();
    logs?.close();
    throw error;
  }
}

/** Agents' output may be lost by a power cut, so it need not wait for the disk at each commit. */
async function openLogs(
  { dir, clock, logger, logMigrations }: StoreOptions,
  wasm: { wasmPath?: string },
): Promise<Database> {
  const options = { logger, ...wasm, synchronous: 'normal', cacheKiB: 2048 } as const;
  const logs = await openOrBegin(path.join(dir, 'logs.db'), options, millisecondsOf(clock.now()));
  expectOk(await migrate(logs, logMigrations, { clock, beforeFirst: () => Promise.resolve() }));
  return logs;
}

interface OpenParts {
  readonly main: Database;
  readonly logs: Database;
  readonly backups: Backups;
  readonly ownership: Ownership;
  readonly opened: OpenReport;
}

function assemble({ main, logs, backups, ownership, opened }: OpenParts): Store {
  const idle = new IdleWork(() => {
    if (backups.isDue()) void backups.take();
    else main.checkpoint();
  });
  const commits = new GroupCommit(main, (jobs) => {
    backups.noteChanges(jobs);
    idle.touch();
  });
  return {
    main,
    logs,
    opened,
    write: (job) => commits.write(job),
    read: (job) => commits.read(job),
    backupNow: () => backups.take(),
    async close() {
      await commits.drained();
      idle.dispose();
      await backups.settled();
      main.close();
      logs.close();
      await ownership.release();
    },
  };
}
