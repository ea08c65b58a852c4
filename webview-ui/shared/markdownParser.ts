import MarkdownIt, { type Token } from 'markdown-it';

/** Colours code, as HTML; null where it does not know the language. */
export type Highlight = (code: string, language: string) => string | null;

export type MarkdownParser = InstanceType<typeof MarkdownIt>;

/** Markdown as GitHub has it, as far as plans need: tables, task lists, struck text. HTML in it stays text. */
export function markdownParser(highlight: Highlight): MarkdownParser {
  const parser = new MarkdownIt({
    html: false,
    linkify: true,
    highlight: (code, language) => highlight(code, language) ?? '',
  });
  parser.core.ruler.after('inline', 'task-lists', ({ tokens, Token }) =>
    tasks(tokens, (content) => Object.assign(new Token('html_inline', '', 0), { content })),
  );
  return parser;
}

/** `- [x] done` shows a box instead of brackets. The box is drawn, not a control: plans change by new versions. */
function tasks(tokens: readonly Token[], html: (content: string) => Token): void {
  tokens.forEach((token, at) => {
    const item = tokens[at - 2];
    const text = token.children?.[0];
    if (token.type !== 'inline' || item?.type !== 'list_item_open' || text?.type !== 'text') return;
    const found = /^\[([ xX])\]\s+/.exec(text.content);
    if (found === null) return;
    const done = found[1] !== ' ';
    text.content = text.content.slice(found[0].length);
    const box = html(
      `<span class="box${done ? ' codicon codicon-check' : ''}" role="img" aria-label="${done ? 'done' : 'to do'}"></span>`,
    );
    token.children?.unshift(box);
    item.attrJoin('class', 'task');
  });
}
