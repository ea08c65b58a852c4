import { diffArrays } from 'diff';

/** Lines `oldStart…oldEnd` became `newStart…newEnd`: counted from 0, ends excluded. What lies between changes is equal. */
export interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** The lines of a text, without their ends; a text that ends with a line break has an empty last line. */
export const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n/);

/**
 * Most edits that the exact comparison may look for, over all regions: its time grows with their square. What is
 * left when it is used up is told as replaced whole, which is true, only coarser.
 */
const editBudget = 1000;

/**
 * Which lines changed. Lines that occur once on both sides hold the two texts together (patience), so that two texts
 * of 10,000 lines take milliseconds; only what lies between such lines is compared exactly.
 */
export function diffLines(before: readonly string[], after: readonly string[]): readonly Change[] {
  const [a, b] = numbered(before, after);
  const changes: Change[] = [];
  let budget = editBudget;
  // Regions still to be compared, the next one on top: a stack, because deep texts would overflow a recursion.
  const stack: Change[] = [{ oldStart: 0, oldEnd: a.length, newStart: 0, newEnd: b.length }];
  for (let region = stack.pop(); region !== undefined; region = stack.pop()) {
    const inner = trimmed(a, b, region);
    if (inner.oldStart === inner.oldEnd && inner.newStart === inner.newEnd) continue;
    if (inner.oldStart === inner.oldEnd || inner.newStart === inner.newEnd) {
      changes.push(inner);
      continue;
    }
    const parts = betweenAnchors(a, b, inner);
    if (parts.length > 1) stack.push(...parts.reverse());
    else {
      const exact = exactly(a, b, inner, budget);
      budget -= exact.reduce((sum, one) => sum + one.oldEnd - one.oldStart + one.newEnd - one.newStart, 0);
      budget = Math.max(0, budget);
      changes.push(...exact);
    }
  }
  return joined(changes);
}

/** Equal lines get equal numbers: comparing numbers is much cheaper than comparing long lines. */
function numbered(before: readonly string[], after: readonly string[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const numberOf = (line: string) => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  };
  return [Int32Array.from(before, numberOf), Int32Array.from(after, numberOf)];
}

/** The region without the lines that are equal at its beginning and end. */
function trimmed(a: Int32Array, b: Int32Array, { oldStart, oldEnd, newStart, newEnd }: Change): Change {
  while (oldStart < oldEnd && newStart < newEnd && a[oldStart] === b[newStart]) {
    oldStart += 1;
    newStart += 1;
  }
  while (oldStart < oldEnd && newStart < newEnd && a[oldEnd - 1] === b[newEnd - 1]) {
    oldEnd -= 1;
    newEnd -= 1;
  }
  return { oldStart, oldEnd, newStart, newEnd };
}

/** The region cut at the lines that occur once on each side and in the same order; whole where there are none. */
function betweenAnchors(a: Int32Array, b: Int32Array, region: Change): Change[] {
  const inNew = new Map<number, number>();
  for (let at = region.newStart; at < region.newEnd; at += 1) {
    const line = b[at] ?? -1;
    inNew.set(line, inNew.has(line) ? -1 : at);
  }
  const inOld = new Map<number, number>();
  for (let at = region.oldStart; at < region.oldEnd; at += 1) {
    const line = a[at] ?? -1;
    inOld.set(line, inOld.has(line) ? -1 : at);
  }
  const pairs: (readonly [number, number])[] = [];
  for (const [line, old] of inOld) {
    const now = inNew.get(line) ?? -1;
    if (old !== -1 && now !== -1) pairs.push([old, now]);
  }
  const parts: Change[] = [];
  let { oldStart, newStart } = region;
  for (const [old, now] of longestRising(pairs)) {
    parts.push({ oldStart, oldEnd: old, newStart, newEnd: now });
    oldStart = old + 1;
    newStart = now + 1;
  }
  parts.push({ oldStart, oldEnd: region.oldEnd, newStart, newEnd: region.newEnd });
  return parts;
}

/** The longest run of pairs whose second members rise (patience sorting); their first members rise already. */
function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const ends: number[] = [];
  const before: number[] = [];
  pairs.forEach(([, now], index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < now) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  });
  const rising: (readonly [number, number])[] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) rising.push(pair);
  }
  return rising.reverse();
}

/** The fewest edits within a region, or the region whole where they are too many to look for. */
function exactly(a: Int32Array, b: Int32Array, region: Change, maxEditLength: number): Change[] {
  const parts = diffArrays(
    [...a.subarray(region.oldStart, region.oldEnd)],
    [...b.subarray(region.newStart, region.newEnd)],
    { maxEditLength },
  );
  if (parts === undefined) return [region];
  const changes: Change[] = [];
  let old = region.oldStart;
  let now = region.newStart;
  for (const { added, removed, count } of parts) {
    const oldEnd = added ? old : old + count;
    const newEnd = removed ? now : now + count;
    if (added || removed) changes.push({ oldStart: old, oldEnd, newStart: now, newEnd });
    old = oldEnd;
    now = newEnd;
  }
  return changes;
}

/** Changes that touch each other are one change. */
function joined(changes: readonly Change[]): readonly Change[] {
  const result: Change[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (last !== undefined && last.oldEnd === change.oldStart && last.newEnd === change.newStart)
      result[result.length - 1] = { ...last, oldEnd: change.oldEnd, newEnd: change.newEnd };
    else result.push(change);
  }
  return result;
}

/** Lines added and lines removed. */
export function countsOf(changes: readonly Change[]): { readonly added: number; readonly removed: number } {
  let added = 0;
  let removed = 0;
  for (const change of changes) {
    added += change.newEnd - change.newStart;
    removed += change.oldEnd - change.oldStart;
  }
  return { added, removed };
}
