import type { Instant } from '../../base/clock.ts';
import type { RequestTable } from '../../domain/store.ts';
import type { Database } from '../sqlite/database.ts';

export class SqlRequestTable implements RequestTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  find(id: string): { readonly value: unknown } | undefined {
    const row = this.#db.get('SELECT result FROM request WHERE id = ?', [id]);
    return row === undefined ? undefined : (JSON.parse(String(row['result'])) as { value: unknown });
  }

  remember(id: string, value: unknown, now: Instant): void {
    this.#db.run('INSERT INTO request (id, result, created_at) VALUES (?, ?, ?)', [
      id,
      JSON.stringify({ value }),
      now,
    ]);
  }

  forgetBefore(moment: Instant): void {
    this.#db.run('DELETE FROM request WHERE created_at < ?', [moment]);
  }
}
