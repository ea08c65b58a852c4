const heading = /^ {0,3}#{1,6}\s+(.+?)\s*#*$/;
const fence = /^ {0,3}(```|~~~)/;

/** Titles of the Markdown headings among some lines: what a fold puts away. */
export function headingsBetween(lines: readonly string[], start: number, end: number): readonly string[] {
  const found: string[] = [];
  let fenced = false;
  for (let at = start; at < end; at += 1) {
    const line = lines[at] ?? '';
    if (fence.test(line)) fenced = !fenced;
    const title = fenced ? undefined : heading.exec(line)?.[1];
    if (title !== undefined) found.push(title);
  }
  return found;
}
