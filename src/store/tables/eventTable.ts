import type { Event } from '../../domain/event/event.ts';
import type { Page, PageRequest } from '../../domain/page.ts';
import type { EventTable, Where } from '../../domain/store.ts';
import { event } from '../schema/talk.ts';
import type { Database } from '../sqlite/database.ts';
import { all, always, matching, withinScope } from './conditions.ts';
import { after, encodeKey, orderBy, type Order } from './keyset.ts';
import type { Reach } from './reach.ts';
import { RowCodec } from './rowCodec.ts';

/** The audit trail: only ever appended to and read. */
export class SqlEventTable implements EventTable {
  readonly #db: Database;
  readonly #reach: Reach;
  readonly #codec = new RowCodec<Event>(event);

  constructor(db: Database, reach: Reach) {
    this.#db = db;
    this.#reach = reach;
  }

  append(fields: Omit<Event, 'sequence'>): Event {
    const names = this.#codec.fields.filter((field) => field !== 'sequence');
    const values = names.map((field) => this.#codec.encode(field, fields[field]));
    const columns = names.map((field) => this.#codec.column(field)).join(', ');
    const marks = names.map(() => '?').join(', ');
    const row = this.#db.get(`INSERT INTO event (${columns}) VALUES (${marks}) RETURNING sequence`, values);
    return { ...fields, sequence: Number(row?.['sequence']) };
  }

  list(
    where: Where<Event>,
    page: PageRequest & { readonly newestFirst: boolean; readonly since?: number | undefined },
  ): Page<Event> {
    const order: Order = { columns: ['sequence'], direction: page.newestFirst ? 'desc' : 'asc' };
    const reached = withinScope({ project: 'project_id', session: 'session_id' }, this.#reach.scope);
    const later = page.since === undefined ? always : { sql: 'sequence > ?', values: [page.since] };
    const condition = all([matching(this.#codec, where), later, reached]);
    const rest = all([condition, after(order, page.after)]);
    const items = this.#db
      .all(
        `SELECT ${this.#codec.selection()} FROM event WHERE ${rest.sql} ORDER BY ${orderBy(order)} LIMIT ?`,
        [...rest.values, page.limit],
      )
      .map((row) => this.#codec.decode(row));
    const last = items.at(-1);
    if (last === undefined || items.length < page.limit) return { items, more: 0, next: null };
    const next = encodeKey([last.sequence]);
    const following = all([condition, after(order, next)]);
    const more = Number(
      this.#db.get(`SELECT count(*) AS n FROM event WHERE ${following.sql}`, [...following.values])?.['n'] ??
        0,
    );
    return { items, more, next: more === 0 ? null : next };
  }

  since(sequence: number, limit: number): readonly Event[] {
    const reached = withinScope({ project: 'project_id', session: 'session_id' }, this.#reach.scope);
    return this.#db
      .all(
        `SELECT ${this.#codec.selection()} FROM event WHERE sequence > ? AND (${reached.sql}) ORDER BY sequence LIMIT ?`,
        [sequence, ...reached.values, limit],
      )
      .map((row) => this.#codec.decode(row));
  }

  latest(): number {
    return Number(this.#db.get('SELECT max(sequence) AS last FROM event', [])?.['last'] ?? 0);
  }
}
