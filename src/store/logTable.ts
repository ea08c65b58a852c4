import type { LogChunk } from '../domain/agent/logChunk.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Page } from '../domain/page.ts';
import type { LogStore } from '../domain/store.ts';
import { logChunk } from './schema/logs.ts';
import type { Database } from './sqlite/database.ts';
import { all, always, matching, type Condition } from './tables/conditions.ts';
import { after, encodeKey, orderBy, type Order } from './tables/keyset.ts';
import { RowCodec } from './tables/rowCodec.ts';

type NewChunk = Omit<LogChunk, 'sequence'>;

/** Pieces that one agent keeps at most; when the oldest go, a note stands in their place. */
const mostChunks = 20_000;
/** Pieces that wait in memory at most while their file cannot be written; older ones are lost then. */
const mostWaiting = 20_000;
/** How many new pieces an agent writes between two looks at the cap: the look costs a count. */
const trimEvery = 1_000;

/**
 * Agents' output in a database file of its own. Chunks wait in memory until the operation that brought them is
 * acknowledged; `flush` then writes them in one transaction. What a refused operation brought is forgotten.
 */
export class LogTable implements LogStore {
  readonly #db: Database;
  readonly #codec = new RowCodec<LogChunk>(logChunk);
  readonly #sinceTrim = new Map<AgentId, number>();
  #waiting: NewChunk[] = [];

  constructor(db: Database) {
    this.#db = db;
  }

  append(chunks: readonly NewChunk[]): void {
    this.#waiting.push(...chunks);
  }

  /** How many chunks wait; with `forgetSince` a refused operation takes back its own. */
  get waiting(): number {
    return this.#waiting.length;
  }

  forgetSince(count: number): void {
    this.#waiting.length = count;
  }

  flush(): void {
    const chunks = this.#waiting;
    if (chunks.length === 0) return;
    this.#waiting = [];
    try {
      this.#db.transaction(() => {
        for (const chunk of chunks) this.#insert(chunk);
        for (const agentId of new Set(chunks.map((chunk) => chunk.agentId)))
          this.#trim(agentId, chunks.length);
      });
    } catch (error) {
      this.#waiting = [...chunks, ...this.#waiting].slice(-mostWaiting);
      throw error;
    }
  }

  list(
    where: { agentId: AgentId; sessionNumber?: number | undefined; text?: string | undefined },
    page: { limit: number; after?: string | undefined; newestFirst: boolean },
  ): Page<LogChunk> {
    const { text, ...equal } = where;
    const order: Order = { columns: ['sequence'], direction: page.newestFirst ? 'desc' : 'asc' };
    const condition = all([matching(this.#codec, equal), containing(text)]);
    const from = (key: string | undefined) => after(order, keyOf(key));
    const rest = all([condition, from(page.after)]);
    const items = this.#db
      .all(
        `SELECT ${this.#codec.selection()} FROM log_chunk WHERE ${rest.sql} ORDER BY ${orderBy(order)} LIMIT ?`,
        [...rest.values, page.limit],
      )
      .map((row) => this.#codec.decode(row));
    const last = items.at(-1);
    if (last === undefined || items.length < page.limit) return { items, more: 0, next: null };
    const next = String(last.sequence);
    const more = this.#count(all([condition, from(next)]));
    return { items, more, next: more === 0 ? null : next };
  }

  remove(agentId: AgentId): number {
    this.#waiting = this.#waiting.filter((chunk) => chunk.agentId !== agentId);
    return this.#db.run('DELETE FROM log_chunk WHERE agent_id = ?', [agentId]);
  }

  #insert(chunk: NewChunk & { sequence?: number }): void {
    const { agentId, agentName, sessionNumber, kind, content, time, sequence = null } = chunk;
    this.#db.run(
      'INSERT INTO log_chunk (sequence, agent_id, agent_name, session_number, kind, content, time) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [sequence, agentId, agentName, sessionNumber, kind, content, time],
    );
  }

  #count(condition: Condition): number {
    const row = this.#db.get(`SELECT count(*) AS n FROM log_chunk WHERE ${condition.sql}`, [
      ...condition.values,
    ]);
    return Number(row?.['n'] ?? 0);
  }

  #trim(agentId: AgentId, added: number): void {
    const since = (this.#sinceTrim.get(agentId) ?? 0) + added;
    this.#sinceTrim.set(agentId, since >= trimEvery ? 0 : since);
    if (since < trimEvery) return;
    const newestToGo = this.#db.get(
      `SELECT ${this.#codec.selection()} FROM log_chunk WHERE agent_id = ? ORDER BY sequence DESC LIMIT 1 OFFSET ?`,
      [agentId, mostChunks],
    );
    if (newestToGo === undefined) return;
    const last = this.#codec.decode(newestToGo);
    this.#db.run('DELETE FROM log_chunk WHERE agent_id = ? AND sequence <= ?', [agentId, last.sequence]);
    const content = `Older output was dropped: an agent keeps its newest ${mostChunks} pieces.`;
    this.#insert({ ...last, kind: 'note', content });
  }
}

/** A place in the log is a sequence number, so that one can go on from any piece in either direction. */
const keyOf = (place: string | undefined): string | undefined =>
  place !== undefined && /^\d{1,15}$/.test(place) ? encodeKey([Number(place)]) : place;

const containing = (text: string | undefined): Condition =>
  text === undefined ? always : { sql: `instr(lower(content), lower(?)) > 0`, values: [text] };
