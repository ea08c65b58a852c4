import type { Scope } from '../../domain/caller.ts';
import type { Where } from '../../domain/store.ts';
import type { RowCodec, SqlValue } from './rowCodec.ts';

/** A piece of SQL with its values; no value is ever part of the text. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export const always: Condition = { sql: '1', values: [] };

export const all = (conditions: readonly Condition[]): Condition => {
  const real = conditions.filter((condition) => condition !== always);
  if (real.length === 0) return always;
  return {
    sql: real.map((condition) => `(${condition.sql})`).join(' AND '),
    values: real.flatMap((condition) => condition.values),
  };
};

/** Equality, one of several, or null, per field. */
export function matching<T>(codec: RowCodec<T>, where: Where<T>): Condition {
  const conditions = Object.entries(where).flatMap(([field, wanted]): Condition[] => {
    if (wanted === undefined) return [];
    const column = codec.column(field);
    if (wanted === null) return [{ sql: `${column} IS NULL`, values: [] }];
    if (!Array.isArray(wanted)) return [{ sql: `${column} = ?`, values: [codec.encode(field, wanted)] }];
    const values = wanted.map((value) => codec.encode(field, value));
    return [{ sql: `${column} IN (${values.map(() => '?').join(', ')})`, values }];
  });
  return all(conditions);
}

/** Where a noun's rows say to which project and session they belong; SQL of a column, or NULL. */
export interface Owners {
  readonly project: string;
  readonly session: string;
}

/**
 * The same rule as `Reach.includes`, for lists.
 * @param readsBesides rows of the session that the scope may read besides are in it too
 */
export function withinScope(owners: Owners, scope: Scope, readsBesides = false): Condition {
  if (scope.kind === 'all') return always;
  const sessions = [
    scope.sessionId,
    ...(readsBesides && scope.readsSession != null ? [scope.readsSession] : []),
  ];
  const bySession: Condition = {
    sql: `${owners.project} IS NULL AND ${owners.session} IN (${sessions.map(() => '?').join(', ')})`,
    values: sessions,
  };
  if (scope.projectId === null) return bySession;
  return {
    sql: `${owners.project} = ? OR (${bySession.sql})`,
    values: [scope.projectId, ...bySession.values],
  };
}
