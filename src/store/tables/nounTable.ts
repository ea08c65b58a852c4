import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { refuseNow } from '../../base/result.ts';
import type { Noun } from '../../domain/ids.ts';
import type { Page, PageRequest } from '../../domain/page.ts';
import type { Table, Where } from '../../domain/store.ts';
import type { Database } from '../sqlite/database.ts';
import { changedFields, changedNames, createdFields } from './changes.ts';
import { all, matching, withinScope, type Condition, type Owners } from './conditions.ts';
import { after, encodeKey, orderBy, type Order } from './keyset.ts';
import type { Belongs, Reach } from './reach.ts';
import { quoted, RowCodec, type SqlRow } from './rowCodec.ts';

export interface NounTableOptions<T> {
  readonly noun: Noun;
  readonly table: SQLiteTable;
  /** Fields to order lists by; the id is added to make it total. */
  readonly order: readonly (keyof T & string)[];
  readonly newestFirst?: boolean;
  readonly onlyInSql?: readonly string[];
  /** A background agent reads those of the session that it was started from as well. */
  readonly readByChildren?: boolean;
  /** Which fields say where a row belongs, where they are not called projectId and sessionId. */
  readonly owners?: {
    readonly project?: (keyof T & string) | null;
    readonly session?: (keyof T & string) | null;
  };
}

/** The rows of one noun on SQLite. Statements are cached beneath `Database`, so text built anew costs little. */
export class NounTable<T extends { readonly id: string }> implements Table<T> {
  protected readonly db: Database;
  protected readonly reach: Reach;
  protected readonly codec: RowCodec<T>;
  protected readonly owners: Owners;
  readonly #noun: Noun;
  readonly #order: Order;
  readonly #belongs: (row: T) => Belongs;
  readonly #readByChildren: boolean;
  readonly #sql: { find: string; insert: string; remove: string; taken: string };

  constructor(db: Database, reach: Reach, options: NounTableOptions<T>) {
    this.db = db;
    this.reach = reach;
    this.codec = new RowCodec<T>(options.table, options.onlyInSql);
    this.#noun = options.noun;
    this.#readByChildren = options.readByChildren ?? false;
    const { project = 'projectId' as keyof T & string, session = 'sessionId' as keyof T & string } =
      options.owners ?? {};
    this.owners = {
      project: project === null ? 'NULL' : this.codec.column(project),
      session: session === null ? 'NULL' : this.codec.column(session),
    };
    this.#belongs = (row) =>
      ({
        projectId: project === null ? null : row[project],
        sessionId: session === null ? null : row[session],
      }) as unknown as Belongs;
    this.#order = {
      columns: [...options.order, 'id'].map((field) => this.codec.column(field)),
      direction: options.newestFirst === true ? 'desc' : 'asc',
    };
    const table = quoted(this.codec.table);
    const columns = this.codec.fields.map((field) => this.codec.column(field));
    this.#sql = {
      find: `SELECT ${this.codec.selection()} FROM ${table} WHERE id = ?`,
      insert: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      remove: `DELETE FROM ${table} WHERE id = ?`,
      taken: `SELECT 1 FROM ${table} WHERE id = ?1 UNION ALL SELECT 1 FROM event WHERE entity_id = ?1 LIMIT 1`,
    };
  }

  find(id: string): T | undefined {
    const row = this.db.get(this.#sql.find, [id]);
    if (row === undefined) return undefined;
    const entity = this.codec.decode(row);
    const belongs = this.#belongs(entity);
    const isInReach =
      this.reach.includes(belongs) || (this.#readByChildren && this.reach.readsBesides(belongs));
    return isInReach ? entity : undefined;
  }

  isTaken(id: string): boolean {
    return this.db.get(this.#sql.taken, [id]) !== undefined;
  }

  insert(row: T): void {
    const belongs = this.#belongs(row);
    this.reach.mustInclude(belongs);
    this.db.run(this.#sql.insert, this.codec.encodeRow(row));
    this.reach.record({
      noun: this.#noun,
      entityId: row.id,
      action: 'created',
      from: null,
      to: createdFields(row),
      ...belongs,
    });
  }

  update(row: T): void {
    const before = this.#mustFind(row.id);
    const belongs = this.#belongs(row);
    this.reach.mustInclude(belongs);
    const names = changedNames(before, row);
    if (names.length === 0) return;
    // Only what changed: SQLite touches every index of every column that an UPDATE names.
    const assignments = names.map((name) => `${this.codec.column(name)} = ?`).join(', ');
    this.db.run(`UPDATE ${quoted(this.codec.table)} SET ${assignments} WHERE id = ?`, [
      ...names.map((name) => this.codec.encode(name, row[name])),
      row.id,
    ]);
    this.reach.record({
      noun: this.#noun,
      entityId: row.id,
      action: 'updated',
      ...changedFields(before, row, names),
      ...belongs,
    });
  }

  remove(id: string): void {
    const row = this.#mustFind(id);
    this.db.run(this.#sql.remove, [id]);
    this.reach.record({
      noun: this.#noun,
      entityId: id,
      action: 'deleted',
      from: createdFields(row),
      to: null,
      ...this.#belongs(row),
    });
  }

  list(where: Where<T>, page: PageRequest): Page<T> {
    return this.page(this.#reached(where), this.#order, page);
  }

  all(where: Where<T>): readonly T[] {
    return this.select(this.#reached(where), `ORDER BY ${orderBy(this.#order)}`);
  }

  count(where: Where<T>): number {
    return this.countRows(this.#reached(where));
  }

  protected scoped(condition: Condition): Condition {
    return all([condition, withinScope(this.owners, this.reach.scope, this.#readByChildren)]);
  }

  protected select(condition: Condition, tail: string): T[] {
    const sql = `SELECT ${this.codec.selection()} FROM ${quoted(this.codec.table)} WHERE ${condition.sql} ${tail}`;
    return this.db.all(sql, [...condition.values]).map((row: SqlRow) => this.codec.decode(row));
  }

  /** One page in an order of the noun's own columns. Counts what follows only when the page is full. */
  protected page(condition: Condition, order: Order, { limit, after: key }: PageRequest): Page<T> {
    const rest = all([condition, after(order, key)]);
    const keys = order.columns.map((column, index) => `${column} AS ${quoted(`key ${index}`)}`).join(', ');
    const table = quoted(this.codec.table);
    const rows = this.db.all(
      `SELECT ${this.codec.selection()}, ${keys} FROM ${table} WHERE ${rest.sql} ORDER BY ${orderBy(order)} LIMIT ?`,
      [...rest.values, limit],
    );
    const last = rows.at(-1);
    const items = rows.map((row) => this.codec.decode(row));
    if (last === undefined || rows.length < limit) return { items, more: 0, next: null };
    const next = encodeKey(order.columns.map((_, index) => last[`key ${index}`] ?? null));
    const more = this.countRows(all([condition, after(order, next)]));
    return { items, more, next: more === 0 ? null : next };
  }

  protected countRows(condition: Condition): number {
    const row = this.db.get(`SELECT count(*) AS n FROM ${quoted(this.codec.table)} WHERE ${condition.sql}`, [
      ...condition.values,
    ]);
    return Number(row?.['n'] ?? 0);
  }

  #reached(where: Where<T>): Condition {
    return this.scoped(matching(this.codec, where));
  }

  /** The row as it stands, to be changed: what is only read is refused. */
  #mustFind(id: string): T {
    const row =
      this.find(id) ??
      refuseNow(
        'missing',
        `There is no ${this.#noun} ${id} here.`,
        `List what there is: sloop ${this.#noun} list.`,
      );
    this.reach.mustInclude(this.#belongs(row));
    return row;
  }
}
