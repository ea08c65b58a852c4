import { headingsBetween } from './headings.ts';
import type { Change } from './lineDiff.ts';

export type DiffLayout = 'side' | 'inline' | 'source';

/** A line on one or both sides, counted from 0; null where that side has none. */
export interface LineRow {
  readonly kind: 'line';
  readonly key: string;
  readonly old: number | null;
  readonly now: number | null;
  /** Which change it belongs to; null for a line that is equal on both sides. */
  readonly change: number | null;
}

/** Equal lines that are put away until somebody asks for them. */
export interface FoldRow {
  readonly kind: 'fold';
  readonly key: string;
  /** The first line put away, in the newer text. */
  readonly start: number;
  readonly count: number;
  readonly headings: readonly string[];
}

/** What stands between lines: a thread of comments, or one that is being written. */
export interface InsertRow {
  readonly kind: 'insert';
  readonly key: string;
}

export type DiffRow = LineRow | FoldRow | InsertRow;

/** Something that stands below a line of one side. */
export interface Insert {
  readonly key: string;
  readonly side: 'old' | 'now';
  /** Counted from 0. */
  readonly line: number;
}

export interface RowsInput {
  readonly changes: readonly Change[];
  readonly now: readonly string[];
  readonly layout: DiffLayout;
  /** Folds that were opened, by their first line. */
  readonly opened: ReadonlySet<number>;
  readonly inserts: readonly Insert[];
}

const context = 3;
/** Fewer lines than this are shown rather than folded: the fold would save nothing. */
const leastFolded = 6;

/** The rows of a comparison, in order: lines paired, unchanged regions folded, threads below their lines. */
export function diffRows(input: RowsInput): readonly DiffRow[] {
  const { changes, now, layout } = input;
  const rows: DiffRow[] = [];
  const place = insertsByLine(input.inserts);
  const line = (old: number | null, at: number | null, change: number | null) => {
    rows.push({ kind: 'line', key: `${old ?? ''}:${at ?? ''}`, old, now: at, change });
    if (at !== null) place('now', at, rows);
    if (old !== null) place('old', old, rows);
  };
  const anchored = input.inserts.filter(({ side }) => side === 'now').map((insert) => insert.line);
  const equal = (oldStart: number, start: number, end: number) => {
    const ends = { top: start === 0, bottom: end === now.length };
    for (const part of layout === 'source'
      ? [{ start, end, folded: false }]
      : parts(start, end, ends, input.opened, anchored))
      if (part.folded) rows.push(foldRow(now, part.start, part.end));
      else for (let at = part.start; at < part.end; at += 1) line(oldStart + at - start, at, null);
  };
  let [old, at] = [0, 0];
  changes.forEach((change, index) => {
    equal(old, at, change.newStart);
    changed(change, index, layout, line);
    [old, at] = [change.oldEnd, change.newEnd];
  });
  equal(old, at, now.length);
  return rows;
}

function changed(
  { oldStart, oldEnd, newStart, newEnd }: Change,
  index: number,
  layout: DiffLayout,
  line: (old: number | null, now: number | null, change: number | null) => void,
): void {
  if (layout === 'side') {
    const height = Math.max(oldEnd - oldStart, newEnd - newStart);
    for (let at = 0; at < height; at += 1)
      line(
        oldStart + at < oldEnd ? oldStart + at : null,
        newStart + at < newEnd ? newStart + at : null,
        index,
      );
    return;
  }
  for (let at = oldStart; at < oldEnd; at += 1) line(at, null, index);
  for (let at = newStart; at < newEnd; at += 1) line(null, at, index);
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly folded: boolean;
}

/** Cuts equal lines into shown and folded ones: context around changes and around lines that something stands at. */
function parts(
  start: number,
  end: number,
  ends: { readonly top: boolean; readonly bottom: boolean },
  opened: ReadonlySet<number>,
  anchored: readonly number[],
): Part[] {
  const shown: [number, number][] = anchored
    .filter((at) => at >= start && at < end)
    .map((at): [number, number] => [Math.max(start, at - context), Math.min(end, at + context + 1)])
    .sort(([a], [b]) => a - b);
  if (!ends.top) shown.unshift([start, Math.min(end, start + context)]);
  if (!ends.bottom) shown.push([Math.max(start, end - context), end]);
  const result: Part[] = [];
  let at = start;
  const fold = (to: number) => {
    if (to <= at) return;
    result.push({ start: at, end: to, folded: to - at >= leastFolded && !opened.has(at) });
    at = to;
  };
  for (const [from, to] of shown) {
    fold(Math.max(at, from));
    if (to > at) result.push({ start: at, end: to, folded: false });
    at = Math.max(at, to);
  }
  fold(end);
  return result;
}

const foldRow = (now: readonly string[], start: number, end: number): FoldRow => ({
  kind: 'fold',
  key: `fold:${start}`,
  start,
  count: end - start,
  headings: headingsBetween(now, start, end),
});

function insertsByLine(inserts: readonly Insert[]) {
  const at = { old: new Map<number, string[]>(), now: new Map<number, string[]>() };
  for (const { key, side, line } of inserts) at[side].set(line, [...(at[side].get(line) ?? []), key]);
  return (side: 'old' | 'now', line: number, rows: DiffRow[]) => {
    for (const key of at[side].get(line) ?? []) rows.push({ kind: 'insert', key });
  };
}
