import type { Finding } from './loop.ts';

/** So many rounds with the same findings mean that the loop no longer gets anywhere. */
export const findingsWindow = 3;

/** One finding as it is compared across rounds: its file and its words count; case, marks and line numbers do not. */
export const findingKey = ({ title, file }: Pick<Finding, 'title' | 'file'>): string =>
  `${file ?? ''}|${plain(title)}`;

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What a review asked for, as a set; a review that lists no findings stands for its summary. */
export function findingsKey(review: {
  readonly findings: readonly Finding[];
  readonly summary: string | null;
}): string {
  if (review.findings.length === 0) return `summary|${plain(review.summary ?? '')}`;
  return [...new Set(review.findings.map(findingKey))].sort().join('\n');
}
