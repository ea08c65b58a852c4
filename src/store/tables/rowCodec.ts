import { getTableColumns, is, type Column } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core';

export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue>>;

export const quoted = (name: string): string => `"${name}"`;

/**
 * Between rows of a drizzle table and SQL values. Drizzle's own placeholders encode null as 'null' in JSON
 * columns and as 0 in boolean ones, so null is taken out before its encoders see it.
 */
export class RowCodec<T> {
  readonly table: string;
  /** Fields of the entity; columns that only SQL knows (row number, generated) are left out. */
  readonly fields: readonly (keyof T & string)[];
  readonly #columns: ReadonlyMap<string, Column>;

  constructor(table: SQLiteTable, onlyInSql: readonly string[] = []) {
    if (!is(table, SQLiteTable)) throw new TypeError('not a table of the schema');
    this.table = getTableConfig(table).name;
    const columns = Object.entries(getTableColumns(table)).filter(([field]) => !onlyInSql.includes(field));
    this.#columns = new Map(columns);
    this.fields = columns.map(([field]) => field) as (keyof T & string)[];
  }

  column(field: string): string {
    if (!this.#columns.has(field)) throw new TypeError(`${this.table} has no field ${field}`);
    return quoted(toSnakeCase(field));
  }

  /** The select list, each column under its field's name, from the table or an alias of it. */
  selection(from: string = quoted(this.table)): string {
    return this.fields.map((field) => `${from}.${this.column(field)} AS ${quoted(field)}`).join(', ');
  }

  encode(field: string, value: unknown): SqlValue {
    if (value === null || value === undefined) return null;
    return this.#columns.get(field)?.mapToDriverValue(value) as SqlValue;
  }

  encodeRow(row: T): SqlValue[] {
    return this.fields.map((field) => this.encode(field, row[field]));
  }

  decode(row: SqlRow): T {
    const entity: Record<string, unknown> = {};
    for (const field of this.fields) {
      const value = row[field] ?? null;
      entity[field] = value === null ? null : this.#columns.get(field)?.mapFromDriverValue(value);
    }
    return entity as T;
  }
}
