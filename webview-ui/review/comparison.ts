import type { ReviewedArtifact } from '../../src/protocol/review.ts';
import { lineColours, type LineColours } from '../shared/highlight.ts';
import { countsOf, type Change } from './model/lineDiff.ts';
import { diffWords, type WordChanges } from './model/wordDiff.ts';
import type { Pair } from './reviewSession.ts';
import type { Counts, VersionTexts } from './versionTexts.ts';

/** Two versions, or one by itself, with all that is drawn of them. */
export interface Comparison {
  readonly pair: Pair;
  readonly old: readonly string[];
  readonly now: readonly string[];
  readonly changes: readonly Change[];
  readonly counts: Counts;
  readonly oldColours: LineColours;
  readonly nowColours: LineColours;
  /** The words that changed within a change, worked out when it comes into view. */
  words(change: number): WordChanges | null;
}

/** Markdown is rendered; what is code is shown as source. */
export const isMarkdown = ({ type, language }: Pick<ReviewedArtifact, 'type' | 'language'>): boolean =>
  language === null || language === ''
    ? type !== 'code' && type !== 'config' && type !== 'data'
    : /^(markdown|md)$/i.test(language);

/** What highlight.js is asked for; null for Markdown. */
export const colouringOf = (artifact: ReviewedArtifact): string | null =>
  isMarkdown(artifact)
    ? null
    : (artifact.language ?? /\.(\w+)$/.exec(artifact.filepath ?? '')?.[1] ?? 'text').toLowerCase();

/** Null while one of the two was not read. */
export function compare(texts: VersionTexts, pair: Pair, colouring: string | null): Comparison | null {
  const now = texts.known(pair.version);
  const old = pair.base === null ? [] : texts.known(pair.base);
  const changes = pair.base === null ? [] : texts.changes(pair.base, pair.version);
  if (now === undefined || old === undefined || changes === null) return null;
  const words = new Map<number, WordChanges | null>();
  return {
    pair,
    old,
    now,
    changes,
    counts: countsOf(changes),
    oldColours: lineColours(old, colouring),
    nowColours: lineColours(now, colouring),
    words(index) {
      const known = words.get(index);
      if (known !== undefined) return known;
      const change = changes[index];
      const found =
        change === undefined
          ? null
          : diffWords(old.slice(change.oldStart, change.oldEnd), now.slice(change.newStart, change.newEnd));
      words.set(index, found);
      return found;
    },
  };
}
