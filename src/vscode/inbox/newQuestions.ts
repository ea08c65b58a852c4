import type { InboxItem } from '../trees/model/entity.ts';

export interface News {
  /** Questions to tell of one by one. */
  readonly single: readonly InboxItem[];
  /** How many to tell of in one line; 0 for none. */
  readonly together: number;
}

/** More than this at once are told of in one line. */
const mostSingle = 3;

/** Which questions were not seen before. Those that waited when the window opened are told of in one line. */
export function newQuestions(seen: ReadonlySet<string> | null, now: readonly InboxItem[]): News {
  if (seen === null) return { single: [], together: now.length };
  const fresh = now.filter(({ id }) => !seen.has(id));
  return fresh.length > mostSingle ? { single: [], together: fresh.length } : { single: fresh, together: 0 };
}
