import type { Noun } from '../../domain/ids.ts';
import type { Dependencies } from '../../domain/store.ts';
import type { Database } from '../sqlite/database.ts';
import type { Reach } from './reach.ts';

/**
 * "This waits for that", in a table of pairs. What is added or removed becomes part of the waiting row's trail.
 * Both ends are rows that the caller found before, so scope holds already.
 */
export class DependencyTable<Id extends string> implements Dependencies<Id> {
  readonly #db: Database;
  readonly #reach: Reach;
  readonly #noun: Noun & ('todo' | 'sprint');
  /** From a row that was reached to what it waits for: what it depends on, and what a todo's parent waits for. */
  readonly #steps: string;

  constructor(db: Database, reach: Reach, noun: 'todo' | 'sprint') {
    this.#db = db;
    this.#reach = reach;
    this.#noun = noun;
    this.#steps = stepsOf(noun);
  }

  of(id: Id): readonly Id[] {
    return this.#ids(
      `SELECT depends_on_id AS id FROM ${this.#noun}_dependency WHERE ${this.#noun}_id = ? ORDER BY rowid`,
      [id],
    );
  }

  dependents(id: Id): readonly Id[] {
    return this.#ids(
      `SELECT ${this.#noun}_id AS id FROM ${this.#noun}_dependency WHERE depends_on_id = ? ORDER BY rowid`,
      [id],
    );
  }

  add(id: Id, dependsOn: Id): void {
    const sql = `INSERT OR IGNORE INTO ${this.#noun}_dependency (${this.#noun}_id, depends_on_id) VALUES (?, ?)`;
    if (this.#db.run(sql, [id, dependsOn]) > 0) this.#record(id, { from: null, to: { dependsOn } });
  }

  remove(id: Id, dependsOn: Id): boolean {
    const sql = `DELETE FROM ${this.#noun}_dependency WHERE ${this.#noun}_id = ? AND depends_on_id = ?`;
    const removed = this.#db.run(sql, [id, dependsOn]) > 0;
    if (removed) this.#record(id, { from: { dependsOn }, to: null });
    return removed;
  }

  path(from: Id, to: Id): readonly Id[] | null {
    // Breadth first in SQL, each row once with the row it was reached from; UNION ends it on any graph.
    if (from === to) return [from];
    const reached = this.#db.get(
      `WITH RECURSIVE reached(id) AS (
         VALUES (?1) UNION ${this.#steps.replaceAll(', reached.id', '')}
       ) SELECT 1 AS yes FROM reached WHERE id = ?2 LIMIT 1`,
      [from, to],
    );
    return reached === undefined ? null : this.#walk(from, to);
  }

  /** The shortest chain, only once it is known to exist: naming a cycle is rare, checking for one is not. */
  #walk(from: Id, to: Id): readonly Id[] {
    // In the order of the search, so the first row of an id is the shortest way to it.
    const edges = this.#db.all(
      `WITH RECURSIVE reached(id, via) AS (
         VALUES (?1, NULL) UNION ${this.#steps}
       ) SELECT id, via FROM reached`,
      [from],
    );
    const cameFrom = new Map<unknown, unknown>();
    for (const { id, via } of edges) if (!cameFrom.has(id)) cameFrom.set(id, via);
    const chain: unknown[] = [];
    for (let at: unknown = to; at != null; at = cameFrom.get(at)) chain.unshift(at);
    return chain as Id[];
  }

  #ids(sql: string, values: string[]): Id[] {
    return this.#db.all(sql, values).map((row) => row['id'] as Id);
  }

  #record(
    id: Id,
    change: { from: Record<string, unknown> | null; to: Record<string, unknown> | null },
  ): void {
    const owner = this.#db.get(
      this.#noun === 'todo'
        ? 'SELECT project_id AS projectId, session_id AS sessionId FROM todo WHERE id = ?'
        : 'SELECT project_id AS projectId, NULL AS sessionId FROM sprint WHERE id = ?',
      [id],
    );
    this.#reach.record({
      noun: this.#noun,
      entityId: id,
      action: 'updated',
      ...change,
      projectId: (owner?.['projectId'] ?? null) as never,
      sessionId: (owner?.['sessionId'] ?? null) as never,
    });
  }
}

function stepsOf(noun: 'todo' | 'sprint'): string {
  const dependencies = `SELECT d.depends_on_id, reached.id FROM reached JOIN ${noun}_dependency d ON d.${noun}_id = reached.id`;
  if (noun === 'sprint') return dependencies;
  return `${dependencies} UNION SELECT t.parent_id, reached.id FROM reached JOIN todo t ON t.id = reached.id WHERE t.parent_id IS NOT NULL`;
}
