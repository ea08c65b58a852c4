import type { Change } from './lineDiff.ts';

/** Lines `start…end`, counted from 1, the end included: as people and comments count them. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** Where a remark's lines are in another version. `outdated`: none of them is left, `start` is where they were. */
export interface MovedRange extends LineRange {
  readonly outdated: boolean;
}

/**
 * Follows lines through the changes between two versions: to where those are that were left as they were. Where none
 * is, the remark is outdated and stands where its lines stood.
 */
export function moveRange(changes: readonly Change[], range: LineRange, lineCount: number): MovedRange {
  const kept: number[] = [];
  for (const old of [firstKept(changes, range), lastKept(changes, range)])
    if (old !== null) kept.push(movedLine(changes, old));
  const [start, end] = kept;
  if (start !== undefined && end !== undefined) return { start, end, outdated: false };
  const at = placeOf(changes, range.start, lineCount);
  return { start: at, end: at, outdated: true };
}

const covers = (change: Change, line: number): boolean => line > change.oldStart && line <= change.oldEnd;

function firstKept(changes: readonly Change[], { start, end }: LineRange): number | null {
  let line = start;
  for (const change of changes) if (covers(change, line)) line = change.oldEnd + 1;
  return line <= end ? line : null;
}

function lastKept(changes: readonly Change[], { start, end }: LineRange): number | null {
  let line = end;
  for (const change of changes.toReversed()) if (covers(change, line)) line = change.oldStart;
  return line >= start ? line : null;
}

/** Where a line that is equal on both sides stands now. */
function movedLine(changes: readonly Change[], line: number): number {
  const before = changes.findLast((change) => change.oldEnd < line);
  return before === undefined ? line : line - before.oldEnd + before.newEnd;
}

/** Where a line that is gone would stand: beside its replacement, or by the line before it. */
function placeOf(changes: readonly Change[], line: number, lineCount: number): number {
  const change = changes.find((one) => covers(one, line));
  if (change === undefined) return Math.min(line, lineCount);
  const offset = Math.min(line - 1 - change.oldStart, change.newEnd - change.newStart - 1);
  return Math.min(Math.max(1, change.newStart + 1 + offset), lineCount);
}
