import type { Change } from './lineDiff.ts';

export type LineKind = 'same' | 'changed' | 'added';

/** What the rendered text marks: each line of the newer text against the older one. */
export interface LineKinds {
  /** Of the lines `start…end` together: `added` where all are new, `changed` where some are not as they were. */
  kindOf(start: number, end: number): LineKind;
  /** The change that touches these lines, if one does. */
  changeOf(start: number, end: number): number | null;
  /** The lines of the older text that became these. */
  oldRange(start: number, end: number): { readonly start: number; readonly end: number };
  /** Lines that went away without anything in their place, by the newer line that they stood before. */
  readonly removals: readonly Removal[];
}

export interface Removal {
  readonly at: number;
  readonly count: number;
  readonly change: number;
}

/** Lines are paired within a change from its beginning: those beyond the older ones are new. */
export function lineKinds(changes: readonly Change[], isBlank: (line: number) => boolean): LineKinds {
  const kinds = new Map<number, { readonly kind: LineKind; readonly change: number }>();
  changes.forEach(({ oldStart, oldEnd, newStart, newEnd }, change) => {
    const paired = oldEnd - oldStart;
    for (let at = newStart; at < newEnd; at += 1)
      if (!isBlank(at)) kinds.set(at, { kind: at - newStart < paired ? 'changed' : 'added', change });
  });
  const before = (line: number) => changes.findLast(({ newEnd }) => newEnd <= line);
  const removals = changes.flatMap(({ oldStart, oldEnd, newStart, newEnd }, change) =>
    newStart === newEnd ? [{ at: newStart, count: oldEnd - oldStart, change }] : [],
  );
  return {
    removals,
    kindOf(start, end) {
      let [marked, added, all] = [0, 0, 0];
      for (let at = start; at < end; at += 1) {
        if (isBlank(at)) continue;
        all += 1;
        const kind = kinds.get(at)?.kind;
        if (kind !== undefined) marked += 1;
        if (kind === 'added') added += 1;
      }
      if (marked === 0) return 'same';
      return added === all ? 'added' : 'changed';
    },
    changeOf(start, end) {
      for (let at = start; at < end; at += 1) {
        const found = kinds.get(at);
        if (found !== undefined) return found.change;
      }
      return null;
    },
    oldRange(start, end) {
      const oldLine = (line: number) => {
        const inside = changes.find(({ newStart, newEnd }) => line > newStart && line < newEnd);
        if (inside !== undefined) return Math.min(inside.oldStart + line - inside.newStart, inside.oldEnd);
        const last = before(line);
        return last === undefined ? line : line - last.newEnd + last.oldEnd;
      };
      const from = oldLine(start);
      return { start: from, end: Math.max(from, oldLine(end)) };
    },
  };
}
