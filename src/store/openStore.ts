import fs from 'node:fs';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { ok, Refused, type Result } from '../base/result.ts';
import { GroupCommit } from './groupCommit.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { openDatabase, type Database } from './sqlite/database.ts';

export interface StoreOptions {
  /** The folder of the workspace's data; made where it is absent. */
  readonly dir: string;
  readonly migrations: readonly Migration[];
  readonly logMigrations: readonly Migration[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly wasmPath?: string;
}

/** The open store of one workspace. */
export interface Store {
  readonly main: Database;
  /** Agents' output: a file of its own, outside the backups. */
  readonly logs: Database;
  /** Runs a synchronous job in a transaction on `main`; resolves when it is durable. */
  write<T>(job: () => T): Promise<T>;
  /** Runs a synchronous job on `main` at once. */
  read<T>(job: () => T): T;
  close(): Promise<void>;
}

export async function openStore(options: StoreOptions): Promise<Result<Store>> {
  try {
    return await open(options);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

async function open(options: StoreOptions): Promise<Result<Store>> {
  const { dir, clock, logger } = options;
  fs.mkdirSync(dir, { recursive: true });
  const wasm = options.wasmPath === undefined ? {} : { wasmPath: options.wasmPath };
  const main = await openDatabase(path.join(dir, 'sloop.db'), { logger, ...wasm });
  const logs = await openDatabase(path.join(dir, 'logs.db'), {
    logger,
    ...wasm,
    synchronous: 'normal',
    cacheKiB: 2048,
  });
  const beforeFirst = () => Promise.resolve();
  const migrated = await migrate(main, options.migrations, { clock, beforeFirst });
  if (!migrated.ok) return migrated;
  const logsMigrated = await migrate(logs, options.logMigrations, { clock, beforeFirst });
  if (!logsMigrated.ok) return logsMigrated;
  const commits = new GroupCommit(main);
  return ok({
    main,
    logs,
    write: (job) => commits.write(job),
    read: (job) => commits.read(job),
    async close() {
      await commits.drained();
      main.close();
      logs.close();
    },
  });
}
