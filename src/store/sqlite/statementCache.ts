import type { BindParams, Database as SqlJsDatabase, SqlValue, Statement } from 'sql.js';

/** Enough for every prepared query and the list filters' variants; the least used is prepared again when needed. */
const capacity = 400;

/** Runs `work` on the open connection. It reports failures and opens the connection anew where it has to. */
export type Connection = <T>(work: (sql: SqlJsDatabase) => T) => T;

/**
 * Prepared statements by their text, and the client that Drizzle works on: preparing costs more than most
 * queries. A statement survives a reopened database, because it asks for its compiled form at each use.
 */
export class StatementCache {
  readonly #connection: Connection;
  readonly #compiled = new Map<string, Compiled>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  prepare(text: string): CachedStatement {
    return new CachedStatement((work) => this.#connection((sql) => work(this.#compile(sql, text).statement)));
  }

  /** Runs a statement and says how many rows an INSERT, UPDATE or DELETE changed. */
  run(text: string, params: SqlValue[]): number {
    return this.#connection((sql) => {
      const { statement } = this.#compile(sql, text);
      try {
        statement.bind(params);
        statement.step();
      } finally {
        // A failed statement keeps its locks until it is reset.
        statement.reset();
      }
      return sql.getRowsModified();
    });
  }

  /** All rows as objects by column name. */
  rows(text: string, params: SqlValue[]): Record<string, SqlValue>[] {
    return this.#connection((sql) => {
      const compiled = this.#compile(sql, text);
      const { statement } = compiled;
      try {
        statement.bind(params);
        const names = (compiled.names ??= statement.getColumnNames());
        const rows: Record<string, SqlValue>[] = [];
        while (statement.step()) rows.push(rowOf(names, statement.get()));
        return rows;
      } finally {
        statement.reset();
      }
    });
  }

  /** The schema may have changed, and with it what `SELECT *` returns. */
  forgetNames(): void {
    for (const compiled of this.#compiled.values()) compiled.names = undefined;
  }

  /** Drops all: the connection they belonged to is closed. */
  forget(): void {
    this.#compiled.clear();
  }

  #compile(sql: SqlJsDatabase, text: string): Compiled {
    let compiled = this.#compiled.get(text);
    if (compiled !== undefined) this.#compiled.delete(text);
    else {
      compiled = { statement: sql.prepare(text), names: undefined };
      this.#dropLeastUsed();
    }
    this.#compiled.set(text, compiled);
    return compiled;
  }

  #dropLeastUsed(): void {
    if (this.#compiled.size < capacity) return;
    for (const [text, { statement }] of this.#compiled) {
      this.#compiled.delete(text);
      statement.free();
      return;
    }
  }
}

interface Compiled {
  readonly statement: Statement;
  /** Read once: asking SQLite for the names costs as much as a small query. */
  names: readonly string[] | undefined;
}

function rowOf(names: readonly string[], values: readonly SqlValue[]): Record<string, SqlValue> {
  const row: Record<string, SqlValue> = {};
  for (let column = 0; column < names.length; column++) row[names[column] as string] = values[column] ?? null;
  return row;
}

/** What Drizzle's sql.js driver uses of a statement; `free` gives it back to the cache. */
export class CachedStatement {
  readonly #use: <T>(work: (statement: Statement) => T) => T;

  constructor(use: <T>(work: (statement: Statement) => T) => T) {
    this.#use = (work) =>
      use((statement) => {
        try {
          return work(statement);
        } catch (error) {
          // A failed statement keeps its locks until it is reset.
          statement.reset();
          throw error;
        }
      });
  }

  bind(params?: BindParams): boolean {
    return this.#use((statement) => statement.bind(params));
  }

  step(): boolean {
    return this.#use((statement) => statement.step());
  }

  get(params?: BindParams): SqlValue[] {
    return this.#use((statement) => statement.get(params));
  }

  getAsObject(params?: BindParams): Record<string, SqlValue> {
    return this.#use((statement) => statement.getAsObject(params));
  }

  run(params?: BindParams): boolean {
    return this.#use((statement) => {
      statement.run(params);
      return true;
    });
  }

  free(): boolean {
    return this.#use((statement) => {
      statement.reset();
      return true;
    });
  }
}
