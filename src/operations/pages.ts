import { refuseNow } from '../base/result.ts';
import type { Page, PageRequest } from '../domain/page.ts';

/** One page of a short list that is at hand whole; `keyOf` is the key to go on after. */
export function pageThrough<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  { limit, after }: PageRequest,
): Page<T> {
  const start = after === undefined ? 0 : rows.findIndex((row) => keyOf(row) === after) + 1;
  if (after !== undefined && start === 0) refuseBadKey();
  const items = rows.slice(start, start + limit);
  const more = rows.length - start - items.length;
  const last = items.at(-1);
  return { items, more, next: more === 0 || last === undefined ? null : keyOf(last) };
}

/** A list that is one part of a longer one. */
export interface PageSource<T> {
  readonly name: string;
  page(request: PageRequest): Page<T>;
}

/**
 * One page of several lists, one after the other. The key names the list and its own key there, so a far page
 * costs what the first one does.
 */
export function chainPages<T>(sources: readonly PageSource<T>[], { limit, after }: PageRequest): Page<T> {
  const [name, key] = after === undefined ? [] : splitKey(after);
  const first = name === undefined ? 0 : sources.findIndex((source) => source.name === name);
  if (first < 0) refuseBadKey();
  const items: T[] = [];
  let more = 0;
  let next: string | null = null;
  for (const [index, source] of sources.slice(first).entries()) {
    const from = index === 0 && key !== undefined && key !== '' ? { after: key } : {};
    const room = limit - items.length;
    if (room === 0) {
      // A list of one row says how many there are; none of it is shown on this page.
      const { items: rest, more: beyond } = source.page({ limit: 1, ...from });
      if (rest.length > 0) next ??= `${source.name}:`;
      more += rest.length + beyond;
      continue;
    }
    const part = source.page({ limit: room, ...from });
    items.push(...part.items);
    more += part.more;
    if (part.next !== null) next ??= `${source.name}:${part.next}`;
  }
  return { items, more, next };
}

function splitKey(after: string): readonly [string, string] {
  const colon = after.indexOf(':');
  return colon < 0 ? refuseBadKey() : [after.slice(0, colon), after.slice(colon + 1)];
}

const refuseBadKey = (): never =>
  refuseNow(
    'invalid',
    '`after` is not a key that a list returned.',
    'Pass the `next` of the page before, unchanged.',
  );
