import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chainPages, pageThrough, type PageSource } from '../../../src/operations/pages.ts';

/** All rows of a list, read page by page. */
function readAll<T>(
  list: (after: string | undefined) => { items: readonly T[]; more: number; next: string | null },
) {
  const rows: T[] = [];
  const counts: number[] = [];
  for (let after: string | undefined, pages = 0; pages < 1000; pages += 1) {
    const page = list(after);
    rows.push(...page.items);
    counts.push(rows.length + page.more);
    if (page.next === null) return { rows, counts };
    after = page.next;
  }
  throw new Error('the pages never end');
}

describe('pages', () => {
  it('of a short list give every row once and count what follows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 7 }), (length, limit) => {
        const rows = Array.from({ length }, (_, index) => `row ${index}`);
        const read = readAll((after) =>
          pageThrough(rows, (row) => row, { limit, ...(after === undefined ? {} : { after }) }),
        );
        assert.deepEqual(read.rows, rows);
        assert.ok(read.counts.every((count) => count === length));
      }),
    );
  });

  it('of several lists in a row do the same, empty ones between them or not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        (lengths, limit) => {
          const lists = lengths.map((length, list) =>
            Array.from({ length }, (_, index) => `${list}:${index}`),
          );
          const sources = lists.map((rows, list): PageSource<string> => ({
            name: `list${list}`,
            page: (request) => pageThrough(rows, (row) => row, request),
          }));
          const read = readAll((after) =>
            chainPages(sources, { limit, ...(after === undefined ? {} : { after }) }),
          );
          assert.deepEqual(read.rows, lists.flat());
          assert.ok(read.counts.every((count) => count === lists.flat().length));
        },
      ),
    );
  });
});
