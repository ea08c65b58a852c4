/** A piece of text with a find in it: what stands before it, the find, and what stands after. */
export interface Excerpt {
  readonly before: string;
  readonly hit: string;
  readonly after: string;
}

const around = 60;

/** The first find in a text, on one line with a little around it. Case does not matter, as in the search itself. */
export function excerptOf(text: string, wanted: string): Excerpt {
  const at = text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at < 0 || wanted === '') return { before: '', hit: '', after: oneLine(text.slice(0, 3 * around)) };
  const from = Math.max(0, at - around);
  const end = at + wanted.length;
  return {
    before: `${from > 0 ? '…' : ''}${oneLine(text.slice(from, at))}`,
    hit: oneLine(text.slice(at, end)),
    after: `${oneLine(text.slice(end, end + 2 * around))}${end + 2 * around < text.length ? '…' : ''}`,
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
