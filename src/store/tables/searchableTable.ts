import type { Page, PageRequest } from '../../domain/page.ts';
import { refuseNow } from '../../base/result.ts';
import { always } from './conditions.ts';
import { searchSql } from './fullText.ts';
import { NounTable } from './nounTable.ts';
import { quoted } from './rowCodec.ts';

/** A noun with a full-text table `<noun>_text` beside its own. */
export class SearchableTable<T extends { readonly id: string }> extends NounTable<T> {
  search(text: string, { limit, after }: PageRequest): Page<T> {
    const offset = offsetOf(after);
    const { rows, count } = searchSql(
      { index: `${this.codec.table}_text`, table: quoted(this.codec.table) },
      this.codec.selection(),
      text,
      this.scoped(always),
      { limit, offset },
    );
    const items = this.db.all(rows.sql, [...rows.values]).map((row) => this.codec.decode(row));
    if (items.length < limit) return { items, more: 0, next: null };
    const total = Number(this.db.get(count.sql, [...count.values])?.['n'] ?? 0);
    const more = total - offset - items.length;
    return { items, more, next: more > 0 ? String(offset + items.length) : null };
  }
}

/** Rank has no stable key, so a search pages by how many it has shown. */
function offsetOf(after: string | undefined): number {
  if (after === undefined) return 0;
  if (!/^\d{1,9}$/.test(after))
    refuseNow(
      'invalid',
      '`after` is not a key that this search returned.',
      'Pass the `next` of the page before, unchanged.',
    );
  return Number(after);
}
