import type { LogPiece } from '../../../src/protocol/agent.ts';

/**
 * The stretch of a log that is in the page. A log may have 20,000 pieces: those out of sight are counted and read
 * again when somebody scrolls there.
 */
export interface PieceWindow {
  readonly pieces: readonly LogPiece[];
  /** How many there are before the first one. */
  readonly older: number;
  /** How many there are after the last one; 0: the end is in the page. */
  readonly newer: number;
}

/** Pieces in the page at most. */
export const mostPieces = 600;

export const emptyWindow: PieceWindow = { pieces: [], older: 0, newer: 0 };

/** The newest pieces, read from the end. */
export const endOf = (newestFirst: readonly LogPiece[], older: number): PieceWindow => ({
  pieces: newestFirst.toReversed(),
  older,
  newer: 0,
});

/** With what follows behind it; the oldest go when there are too many. */
export function withNewer(window: PieceWindow, next: readonly LogPiece[], newer: number): PieceWindow {
  const last = window.pieces.at(-1)?.sequence ?? -1;
  const fresh = next.filter(({ sequence }) => sequence > last);
  const all = [...window.pieces, ...fresh];
  const gone = Math.max(0, all.length - mostPieces);
  return { pieces: all.slice(gone), older: window.older + gone, newer };
}

/** With what lies before it; the newest go when there are too many. */
export function withOlder(window: PieceWindow, newestFirst: readonly LogPiece[], older: number): PieceWindow {
  const first = window.pieces[0]?.sequence ?? Infinity;
  const before = newestFirst.filter(({ sequence }) => sequence < first).toReversed();
  const all = [...before, ...window.pieces];
  const gone = Math.max(0, all.length - mostPieces);
  return { pieces: all.slice(0, all.length - gone), older, newer: window.newer + gone };
}

/** New pieces were written although they are not in the page. */
export const behind = (window: PieceWindow, newer: number): PieceWindow =>
  newer === window.newer ? window : { ...window, newer };
