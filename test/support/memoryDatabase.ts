import initSqlJs, { type Database as SqlJs, type Statement } from 'sql.js';
import type { SqlRow, SqlValue } from '../../src/store/tables/rowCodec.ts';

/** sql.js in memory behind the store's own surface: unit tests need its SQL, not its durability. */
export class MemoryDatabase {
  readonly #sqlJs: SqlJs;
  readonly #statements = new Map<string, Statement>();

  private constructor(sqlJs: SqlJs) {
    this.#sqlJs = sqlJs;
    sqlJs.run('PRAGMA foreign_keys = ON');
  }

  static async open(scripts: readonly string[]): Promise<MemoryDatabase> {
    const { Database } = await initSqlJs();
    const database = new MemoryDatabase(new Database());
    for (const script of scripts) database.#sqlJs.exec(script);
    return database;
  }

  run(sql: string, values: readonly SqlValue[]): number {
    this.#prepared(sql).run([...values]);
    return this.#sqlJs.getRowsModified();
  }

  get(sql: string, values: readonly SqlValue[]): SqlRow | undefined {
    return this.all(sql, values)[0];
  }

  all(sql: string, values: readonly SqlValue[]): SqlRow[] {
    const statement = this.#prepared(sql);
    statement.bind([...values]);
    const rows: SqlRow[] = [];
    while (statement.step()) rows.push(statement.getAsObject());
    statement.reset();
    return rows;
  }

  transaction<T>(job: () => T): T {
    this.#sqlJs.run('SAVEPOINT job');
    try {
      const value = job();
      this.#sqlJs.run('RELEASE job');
      return value;
    } catch (error) {
      this.#sqlJs.run('ROLLBACK TO job');
      this.#sqlJs.run('RELEASE job');
      throw error;
    }
  }

  close(): void {
    this.#sqlJs.close();
  }

  #prepared(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#sqlJs.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
