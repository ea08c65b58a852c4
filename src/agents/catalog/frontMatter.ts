/** A Markdown file in two: what stands between its `---` lines, and the rest. */
export interface FrontMatter {
  readonly data: string;
  readonly body: string;
  /** Lines of the file before `data`. */
  readonly linesBefore: number;
}

/**
 * Splits front matter from its text. By hand, because the usual package also evaluates front matter that calls
 * itself JavaScript, and these files come from workspaces.
 */
export function splitFrontMatter(text: string): FrontMatter | undefined {
  const match = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)([\s\S]*)$/m.exec(text);
  if (match?.index !== 0) return undefined;
  const [, data = '', body = ''] = match;
  return { data, body: body.trim(), linesBefore: 1 };
}
