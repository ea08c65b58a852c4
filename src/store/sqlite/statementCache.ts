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
  readonly #compiled = new Map<string, Statement>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  prepare(text: string): CachedStatement {
    return new CachedStatement((work) => this.#connection((sql) => work(this.#compile(sql, text))));
  }

  /** Drops all: the connection they belonged to is closed. */
  forget(): void {
    this.#compiled.clear();
  }

  #compile(sql: SqlJsDatabase, text: string): Statement {
    let statement = this.#compiled.get(text);
    if (statement !== undefined) this.#compiled.delete(text);
    else {
      statement = sql.prepare(text);
      this.#dropLeastUsed();
    }
    this.#compiled.set(text, statement);
    return statement;
  }

  #dropLeastUsed(): void {
    if (this.#compiled.size < capacity) return;
    for (const [text, statement] of this.#compiled) {
      this.#compiled.delete(text);
      statement.free();
      return;
    }
  }
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

  /** All rows as objects; the column names are read once per execution. */
  rows(params: BindParams): Record<string, SqlValue>[] {
    return this.#use((statement) => {
      statement.bind(params);
      const rows: Record<string, SqlValue>[] = [];
      const names = statement.getColumnNames();
      while (statement.step()) {
        const values = statement.get();
        const row: Record<string, SqlValue> = {};
        for (let column = 0; column < names.length; column++)
          row[names[column] as string] = values[column] ?? null;
        rows.push(row);
      }
      statement.reset();
      return rows;
    });
  }
}
