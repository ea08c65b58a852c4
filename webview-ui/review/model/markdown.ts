import type { Token } from 'markdown-it';
import { markdownParser, type Highlight } from '../../shared/markdownParser.ts';
import type { LineKinds, Removal } from './lineKinds.ts';

/** A top-level piece of a rendered text: a heading, a paragraph, a list, a table, a code block. */
export interface Block {
  readonly html: string;
  /** Its lines, counted from 0, the end excluded. */
  readonly start: number;
  readonly end: number;
  readonly changed: boolean;
  /** Lines that went away just before it, or within it. */
  readonly removals: readonly Removal[];
}

export interface MarkdownReader {
  /** The blocks of a text, with marks where lines are not as they were. */
  blocks(text: string, kinds: LineKinds): readonly Block[];
  /** A few lines by themselves, without marks. */
  html(text: string): string;
}

export function markdownReader(highlight: Highlight): MarkdownReader {
  const reader = markdownParser(highlight);
  return {
    html: (text) => reader.render(text),
    blocks(text, kinds) {
      const environment = {};
      const tokens = reader.parse(text, environment);
      mark(tokens, kinds);
      let told = 0;
      const groups = topLevel(tokens);
      return groups.map((group, index) => {
        const [start, end] = group[0]?.map ?? [0, 0];
        const last = index === groups.length - 1;
        const removals = kinds.removals.filter(({ at }) => at >= told && (last || at < end));
        told = end;
        return {
          removals,
          html: reader.renderer.render(group, reader.options, environment),
          start,
          end,
          changed: kinds.kindOf(start, end) !== 'same',
        };
      });
    },
  };
}

function topLevel(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) groups.push([]);
    groups.at(-1)?.push(token);
    depth += token.nesting;
  }
  return groups;
}

const marked = new Set([
  'heading_open',
  'paragraph_open',
  'fence',
  'code_block',
  'table_open',
  'list_item_open',
  'hr',
]);

/** Gives each piece its lines, and its mark. A list item answers for its own lines, not for the list below it. */
function mark(tokens: readonly Token[], kinds: LineKinds): void {
  tokens.forEach((token, at) => {
    if (token.map === null || !marked.has(token.type) || token.hidden) return;
    const [start, end] = token.type === 'list_item_open' ? ownLines(tokens, at, token.map) : token.map;
    token.attrSet('data-line', String(start));
    token.attrSet('data-end', String(end));
    const kind = kinds.kindOf(start, end);
    // A loose item's paragraphs carry the mark themselves.
    if (kind === 'same' || (token.type === 'list_item_open' && isLoose(tokens, at))) return;
    token.attrJoin('class', kind === 'added' ? 'ch new' : 'ch');
    token.attrSet('data-change', String(kinds.changeOf(start, end) ?? ''));
    if (kind === 'added') return;
    const old = kinds.oldRange(start, end);
    token.attrSet('data-old', `${old.start} ${old.end}`);
  });
}

function ownLines(tokens: readonly Token[], item: number, [start, end]: [number, number]): [number, number] {
  for (let at = item + 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.level <= (tokens[item]?.level ?? 0)) break;
    if (/_list_open$/.test(token.type) && token.map !== null) return [start, token.map[0]];
  }
  return [start, end];
}

const isLoose = (tokens: readonly Token[], item: number): boolean => {
  const first = tokens[item + 1];
  return first?.type === 'paragraph_open' && !first.hidden;
};
