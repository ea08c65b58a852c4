import { refuseNow } from '../../base/result.ts';
import type { Scope } from '../../domain/caller.ts';
import type { ProjectId, SessionId } from '../../domain/ids.ts';
import type { RowChange } from '../../domain/store.ts';

/** To which project and session a row belongs; what it does not have is null. */
export interface Belongs {
  readonly projectId: ProjectId | null;
  readonly sessionId: SessionId | null;
}

/**
 * What the operation under way reaches and has changed. The tables are made once and look here at each call;
 * that is sound because a job is synchronous, so there is never more than one.
 */
export class Reach {
  #scope: Scope = { kind: 'all' };
  #changes: RowChange[] = [];

  /** Runs one job within a scope; what it changes is collected in `changes`. */
  during<T>(scope: Scope, job: (changes: readonly RowChange[]) => T): T {
    const before = { scope: this.#scope, changes: this.#changes };
    this.#scope = scope;
    this.#changes = [];
    try {
      return job(this.#changes);
    } finally {
      this.#scope = before.scope;
      this.#changes = before.changes;
    }
  }

  get scope(): Scope {
    return this.#scope;
  }

  /** A row is in reach by its project, or by its session where it has no project (domain/caller.ts). */
  includes(row: Belongs): boolean {
    const scope = this.#scope;
    if (scope.kind === 'all') return true;
    return row.projectId === null ? row.sessionId === scope.sessionId : row.projectId === scope.projectId;
  }

  /** A row of the session that a background agent was started from, to be read and no more. */
  readsBesides(row: Belongs): boolean {
    const scope = this.#scope;
    if (scope.kind === 'all' || scope.readsSession == null) return false;
    return row.projectId === null && row.sessionId === scope.readsSession;
  }

  mustInclude(row: Belongs): void {
    if (this.includes(row)) return;
    refuseNow(
      'forbidden',
      'That lies outside of your project.',
      'Work in your own project, or ask the person.',
    );
  }

  record(change: RowChange): void {
    this.#changes.push(change);
  }
}
