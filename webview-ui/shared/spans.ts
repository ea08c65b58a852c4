import type { Range } from './range.ts';

/** A piece of a line in one colour. */
export interface Span {
  readonly text: string;
  /** What highlight.js calls it, such as `keyword`; null for plain text. */
  readonly scope: string | null;
}

const piece = /<span class="([^"]*)">|<\/span>|([^<]+)/g;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

/** The spans of each line of what highlight.js made; a span over several lines goes on in each. */
export function spansByLine(highlighted: string): readonly (readonly Span[])[] {
  const lines: Span[][] = [[]];
  const scopes: string[] = [];
  for (const [, className, text] of highlighted.matchAll(piece)) {
    if (className !== undefined) scopes.push(className.replaceAll('hljs-', ''));
    else if (text === undefined) scopes.pop();
    else
      text
        .replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => entities[entity] ?? entity)
        .split('\n')
        .forEach((part, at) => {
          if (at > 0) lines.push([]);
          if (part !== '') lines.at(-1)?.push({ text: part, scope: scopes.at(-1) ?? null });
        });
  }
  return lines;
}

/** Neighbouring spans that are marked as changed words, or are not. */
export interface MarkedSpans {
  readonly marked: boolean;
  readonly spans: readonly Span[];
}

/** Cuts a line's spans where the marks of changed words begin and end. */
export function markSpans(spans: readonly Span[], ranges: readonly Range[]): readonly MarkedSpans[] {
  if (ranges.length === 0) return [{ marked: false, spans }];
  const groups: { marked: boolean; spans: Span[] }[] = [];
  const add = (marked: boolean, span: Span) => {
    if (span.text === '') return;
    const last = groups.at(-1);
    if (last?.marked === marked) last.spans.push(span);
    else groups.push({ marked, spans: [span] });
  };
  let at = 0;
  for (const { text, scope } of spans) {
    const end = at + text.length;
    let from = at;
    for (const range of ranges) {
      if (range.end <= from || range.start >= end) continue;
      const start = Math.max(from, range.start);
      const stop = Math.min(end, range.end);
      add(false, { text: text.slice(from - at, start - at), scope });
      add(true, { text: text.slice(start - at, stop - at), scope });
      from = stop;
    }
    add(false, { text: text.slice(from - at), scope });
    at = end;
  }
  return groups;
}
