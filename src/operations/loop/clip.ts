/** A title in one line that fits the title rule. */
export function clipTitle(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}

/** At most `most` characters; what was left out is counted and `rest` says how to read it. */
export const clipText = (text: string, most: number, rest: string): string =>
  text.length <= most
    ? text
    : `${text.slice(0, most)}\n\n[… ${text.length - most} more characters are left out here. ${rest}]`;
