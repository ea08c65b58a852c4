import type { InboxItem } from '../trees/model/entity.ts';

export interface News {
  /** Items to tell of one by one. */
  readonly single: readonly InboxItem[];
  /** How many to tell of in one line; 0 for none. */
  readonly together: number;
}

/** More than this at once are told of in one line. */
const mostSingle = 3;

/** The same as long as the need is: an agent that waits for something else by now is news. */
export const newsKey = ({ kind, id, title }: InboxItem): string => `${kind}:${id}:${title}`;

/**
 * What was not seen before. What waited when the window opened is told of in one line.
 * @param seen keys of all that was seen; null at the first look
 */
export function newItems(seen: ReadonlySet<string> | null, now: readonly InboxItem[]): News {
  if (seen === null) return { single: [], together: now.length };
  const fresh = now.filter((item) => !seen.has(newsKey(item)));
  return fresh.length > mostSingle ? { single: [], together: fresh.length } : { single: fresh, together: 0 };
}
