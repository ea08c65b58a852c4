import type { ReviewComment } from '../../../src/protocol/review.ts';
import { moveRange, type MovedRange } from './anchors.ts';
import type { Change } from './lineDiff.ts';

/** A remark with its replies; both are resolved or open as one. */
export interface Thread {
  readonly id: ReviewComment['id'];
  readonly first: ReviewComment;
  readonly replies: readonly ReviewComment[];
  readonly resolved: boolean;
}

/** Where a thread stands in the comparison on screen; `range` counts from 1 and is null for the whole artifact. */
export interface PlacedThread extends Thread {
  readonly side: 'old' | 'now';
  readonly range: MovedRange | null;
}

/** Remarks with their replies below them, oldest first. */
export function threadsOf(comments: readonly ReviewComment[]): readonly Thread[] {
  const inOrder = comments.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const replies = new Map<string, ReviewComment[]>();
  for (const comment of inOrder)
    if (comment.parentId !== null)
      replies.set(comment.parentId, [...(replies.get(comment.parentId) ?? []), comment]);
  return inOrder
    .filter(({ parentId }) => parentId === null)
    .map((first) => ({
      id: first.id,
      first,
      replies: replies.get(first.id) ?? [],
      resolved: first.resolvedAt !== null,
    }));
}

/** The versions on screen, and how others became the one that is shown. */
export interface ShownVersions {
  readonly base: number | null;
  readonly version: number;
  readonly lineCount: number;
  /** Null while the version that a remark was written on is not here yet. */
  readonly changesSince: (version: number) => readonly Change[] | null;
}

/** A thread where its lines are now. One on lines of the base that are gone stands at the base's side. */
export function placeThread(thread: Thread, shown: ShownVersions): PlacedThread | null {
  const { version, startLine, endLine } = thread.first;
  if (startLine === null) return { ...thread, side: 'now', range: null };
  const range = { start: startLine, end: endLine ?? startLine };
  if (version === shown.version) return { ...thread, side: 'now', range: { ...range, outdated: false } };
  const changes = shown.changesSince(version);
  if (changes === null) return null;
  const moved = moveRange(changes, range, shown.lineCount);
  if (moved.outdated && version === shown.base)
    return { ...thread, side: 'old', range: { ...range, outdated: false } };
  return { ...thread, side: 'now', range: moved };
}

/** "Lines 9–10 · unresolved", as the thread's head says it. */
export function threadTitle({ range, resolved, first, side }: PlacedThread): string {
  const state = resolved ? 'resolved' : 'unresolved';
  if (range === null) return `Whole artifact · ${state}`;
  if (range.outdated)
    return `${linesText({ start: first.startLine ?? 1, end: first.endLine ?? first.startLine ?? 1 })} of v${first.version} · outdated · ${state}`;
  return `${linesText(range)}${side === 'old' ? ` of v${first.version}` : ''} · ${state}`;
}

export const linesText = ({ start, end }: { readonly start: number; readonly end: number }): string =>
  start === end ? `Line ${start}` : `Lines ${start}–${end}`;
