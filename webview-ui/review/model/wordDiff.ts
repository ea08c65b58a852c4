import { diffArrays } from 'diff';

/** Characters `start…end` of a line, the end excluded. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

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
  for (const { added, removed, value } of parts) {
    const length = value.reduce((sum, word) => sum + word.length, 0);
    if (removed) gone.push({ start: atOld, end: atOld + length });
    if (added) come.push({ start: atNew, end: atNew + length });
    if (!added && !removed) kept += value.join('').trim().length;
    if (!added) atOld += length;
    if (!removed) atNew += length;
  }
  if (kept < leastKept * Math.min(before.trim().length, after.trim().length)) return null;
  return { old: byLine(bridged(gone, before), old), now: byLine(bridged(come, after), now) };
}

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

/** Cuts ranges of a whole block into those of its lines. Blanks at a range's ends are not worth a mark. */
function byLine(ranges: readonly Range[], lines: readonly string[]): Range[][] {
  let start = 0;
  return lines.map((line) => {
    const from = start;
    const to = from + line.length;
    start = to + 1;
    return ranges.flatMap((range) => {
      const inLine = { start: Math.max(range.start, from) - from, end: Math.min(range.end, to) - from };
      const text = inLine.end > inLine.start ? line.slice(inLine.start, inLine.end) : '';
      return text.trim() === '' ? [] : [inLine];
    });
  });
}
