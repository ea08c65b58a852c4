import type { Range } from '../../shared/range.ts';
import { diffArrays } from 'diff';

/** Which words changed, by line of the block: `old[i]` belongs to its i-th old line. */
export interface WordChanges {
  readonly old: readonly (readonly Range[])[];
  readonly now: readonly (readonly Range[])[];
}

/** Blocks larger than this are marked by their lines alone: looking for words in them takes too long. */
const mostCharacters = 20_000;
const mostEdits = 600;
/** Where less than this share of a block stays, marking words would mark nearly all of it and help nobody. */
const leastKept = 0.2;

const words = /[\p{L}\p{N}_]+|\s+|./gsu;

/**
 * The words that changed between the lines of one block. They are compared over the whole block, so that a line that
 * moved within it still finds its other half. Null where marking words would not help.
 */
export function diffWords(old: readonly string[], now: readonly string[]): WordChanges | null {
  const before = old.join('\n');
  const after = now.join('\n');
  if (before === '' || after === '' || before.length + after.length > mostCharacters) return null;
  const [a, b] = [before.match(words) ?? [], after.match(words) ?? []];
  const parts = diffArrays(a, b, { maxEditLength: mostEdits });
  if (parts === undefined) return null;
  const gone: Range[] = [];
  const come: Range[] = [];
  let kept = 0;
  let [atOld, atNew] = [0, 0];
  parts.forEach(({ added, removed, value }, at) => {
    const text = value.join('');
    const stays = !added && !removed && !isCrumb(text, at, parts.length);
    if (stays) kept += text.trim().length;
    if (!stays && !added) gone.push({ start: atOld, end: atOld + text.length });
    if (!stays && !removed) come.push({ start: atNew, end: atNew + text.length });
    if (!added) atOld += text.length;
    if (!removed) atNew += text.length;
  });
  if (kept < leastKept * Math.min(before.trim().length, after.trim().length)) return null;
  return { old: byLine(bridged(gone, before), old), now: byLine(bridged(come, after), now) };
}

/** A letter or two that stayed between two changes: read as changed with them, or the eye would have to hop. */
const isCrumb = (text: string, at: number, parts: number): boolean =>
  at > 0 && at < parts - 1 && /^[^\S\n]*[\p{L}\p{N}]{1,2}[^\S\n]*$/u.test(text);

/** Ranges with nothing but blanks between them are read as one. */
function bridged(ranges: readonly Range[], text: string): Range[] {
  const result: Range[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last !== undefined && /^[^\S\n]*$/.test(text.slice(last.end, range.start)))
      result[result.length - 1] = { start: last.start, end: range.end };
    else result.push(range);
  }
  return result;
}

/**
 * Cuts ranges of a whole block into those of its lines. Blanks at a range's ends are not worth a mark, and a line that
 * is new as a whole is marked as a line.
 */
function byLine(ranges: readonly Range[], lines: readonly string[]): Range[][] {
  let start = 0;
  return lines.map((line) => {
    const from = start;
    const to = from + line.length;
    start = to + 1;
    return ranges.flatMap((range) => {
      const inLine = { start: Math.max(range.start, from) - from, end: Math.min(range.end, to) - from };
      const text = inLine.end > inLine.start ? line.slice(inLine.start, inLine.end) : '';
      const words = text.trim();
      if (words === '' || (lines.length > 1 && words === line.trim())) return [];
      const at = inLine.start + text.indexOf(words);
      return [{ start: at, end: at + words.length }];
    });
  });
}
