import { createRequire } from 'node:module';
import path from 'node:path';
import type { Database } from '../../src/store/sqlite/database.ts';
import type { SqlRow, SqlValue } from '../../src/store/tables/rowCodec.ts';

/** What the tables and the group commit use of `Database`: the yardsticks take the same place. */
export type Engine = Pick<Database, 'run' | 'get' | 'all' | 'exec' | 'transaction' | 'close'>;

interface NativeStatement {
  run(...values: readonly unknown[]): { readonly changes: number | bigint };
  get(...values: readonly unknown[]): SqlRow | undefined;
  all(...values: readonly unknown[]): SqlRow[];
}

interface NativeDatabase {
  prepare(sql: string): NativeStatement;
  exec(sql: string): unknown;
  close(): void;
}

/** A native SQLite that can be measured here, or why it cannot. */
export type Yardstick =
  | { readonly name: string; readonly open: (file: string) => Engine }
  | { readonly name: string; readonly missing: string };

const require = createRequire(path.resolve('test/bench/native/package.json'));

export function yardsticks(): Yardstick[] {
  return [
    yardstick('better-sqlite3', () => {
      const Native = require('better-sqlite3') as new (file: string) => NativeDatabase;
      return (file) => new Native(file);
    }),
    yardstick('node:sqlite', () => {
      const { DatabaseSync } = require('node:sqlite') as {
        DatabaseSync: new (file: string) => NativeDatabase;
      };
      return (file) => new DatabaseSync(file);
    }),
  ];
}

function yardstick(name: string, load: () => (file: string) => NativeDatabase): Yardstick {
  try {
    const open = load();
    // Loading the binary is what fails where it was built for another Node.
    open(':memory:').close();
    return { name, open: (file) => new NativeEngine(open(file)) };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { name, missing: why };
  }
}

/** A native SQLite with the store's own settings and a statement cache like the store's. */
class NativeEngine implements Engine {
  readonly #native: NativeDatabase;
  readonly #statements = new Map<string, NativeStatement>();

  constructor(native: NativeDatabase) {
    this.#native = native;
    native.exec(`PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
      PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY`);
  }

  run(sql: string, values: readonly SqlValue[] = []): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  get(sql: string, values: readonly SqlValue[] = []): SqlRow | undefined {
    return this.#prepared(sql).get(...values);
  }

  all(sql: string, values: readonly SqlValue[] = []): SqlRow[] {
    return this.#prepared(sql).all(...values);
  }

  exec(script: string): void {
    this.#native.exec(script);
  }

  transaction<T>(body: () => T): T {
    this.run('BEGIN IMMEDIATE');
    try {
      const value = body();
      this.run('COMMIT');
      return value;
    } catch (error) {
      this.run('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#native.close();
  }

  #prepared(sql: string): NativeStatement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#native.prepare(sql)));
    return statement;
  }
}
