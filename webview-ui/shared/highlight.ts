import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { spansByLine, type Span } from './spans.ts';

const languages = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  php,
  python,
  ruby,
  rust,
  sql,
  swift,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

/** Longer code is left plain: colouring it would hold up the page. */
const mostCharacters = 60_000;

/** Code as highlight.js colours it, in HTML; null for a language that is not known or code that is too long. */
export const highlightedHtml = (code: string, language: string): string | null =>
  hljs.getLanguage(language) === undefined || code.length > mostCharacters
    ? null
    : hljs.highlight(code, { language, ignoreIllegals: true }).value;

/** Code is coloured in pieces of this many lines, when the first line of one comes into view. */
const pieceLines = 200;

const fence = /^\s{0,8}(```+|~~~+)\s*([\w+#-]*)/;
const heading = /^ {0,3}#{1,6}\s/;
const inlineCode = /(`+)(?!`).+?\1/g;

interface Region {
  readonly start: number;
  readonly end: number;
  readonly language: string | null;
}

/** Colours of a text's lines, worked out when they are first looked at. */
export interface LineColours {
  /** The spans of a line, counted from 0. */
  spans(line: number): readonly Span[];
}

/**
 * Colours for the lines of a text. A construct that spans lines is followed within its piece only: a long comment may
 * lose its colour where the next piece of 200 lines begins.
 * @param language null for Markdown.
 */
export function lineColours(lines: readonly string[], language: string | null): LineColours {
  const known = new Map<number, readonly Span[]>();
  const regions = language === null ? fencedRegions(lines) : null;
  function colour(start: number, end: number, name: string): void {
    const html = highlightedHtml(lines.slice(start, end).join('\n'), name);
    const spans = html === null ? [] : spansByLine(html);
    for (let at = start; at < end; at += 1) known.set(at, spans[at - start] ?? plain(lines[at] ?? ''));
  }
  function colourPiece(line: number, region: Region): void {
    const start = region.start + Math.floor((line - region.start) / pieceLines) * pieceLines;
    colour(start, Math.min(region.end, start + pieceLines), region.language ?? '');
  }
  return {
    spans(line) {
      const before = known.get(line);
      if (before !== undefined) return before;
      const region = regions === null ? { start: 0, end: lines.length, language } : regionAt(regions, line);
      if (region !== undefined && region.language !== null) colourPiece(line, region);
      else
        known.set(line, region === undefined ? markdownSpans(lines[line] ?? '') : plain(lines[line] ?? ''));
      return known.get(line) ?? plain(lines[line] ?? '');
    },
  };
}

const plain = (text: string): readonly Span[] => (text === '' ? [] : [{ text, scope: null }]);

/** Lines of code between Markdown fences, the fences themselves left out. */
function fencedRegions(lines: readonly string[]): readonly Region[] {
  const regions: Region[] = [];
  let open: { start: number; sign: string; language: string | null } | null = null;
  lines.forEach((line, at) => {
    const found = line.includes('```') || line.includes('~~~') ? fence.exec(line) : null;
    if (found === null) return;
    const [, sign = '', name = ''] = found;
    if (open === null) open = { start: at + 1, sign, language: name === '' ? null : name.toLowerCase() };
    else if (sign.startsWith(open.sign)) {
      regions.push({ start: open.start, end: at, language: open.language });
      open = null;
    }
  });
  return regions;
}

function regionAt(regions: readonly Region[], line: number): Region | undefined {
  let low = 0;
  let high = regions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((regions[middle]?.end ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  const found = regions[low];
  return found !== undefined && found.start <= line ? found : undefined;
}

/** Markdown shows its headings and its inline code; the rest is prose. */
function markdownSpans(line: string): readonly Span[] {
  if (heading.test(line)) return [{ text: line, scope: 'section' }];
  const spans: Span[] = [];
  let at = 0;
  for (const found of line.matchAll(inlineCode)) {
    spans.push(...plain(line.slice(at, found.index)), { text: found[0], scope: 'string' });
    at = found.index + found[0].length;
  }
  spans.push(...plain(line.slice(at)));
  return spans;
}
