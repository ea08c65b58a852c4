import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

/** What a file says, or every fault in it, one line each: `file:line field message`. */
export type Checked<T> = { readonly value: T } | { readonly problems: readonly string[] };

/** Where a text stands: its file and how many lines of the file come before it. */
export interface Origin {
  readonly file: string;
  readonly linesBefore?: number;
}

/** Reads YAML (or JSON, which is YAML) against a schema and says for each fault in which line it stands. */
export function checkedYaml<T extends z.ZodType>(
  text: string,
  schema: T,
  { file, linesBefore = 0 }: Origin,
  complete: (value: unknown) => unknown = (value) => value,
): Checked<z.output<T>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${file}:${lines.linePos(offset).line + linesBefore}`;
  if (document.errors.length > 0)
    return { problems: document.errors.map((error) => `${at(error.pos[0])} ${error.message}`) };
  const parsed = schema.safeParse(complete(document.toJS() as unknown));
  if (parsed.success) return { value: parsed.data };
  return {
    problems: parsed.error.issues.flatMap((issue) =>
      faultsOf(issue).map(({ path, message }) => {
        const field = path.length === 0 ? '' : `${path.join('.')} `;
        return `${at(offsetOf(document, path))} ${field}${message}`;
      }),
    ),
  };
}

/** For files that Sloop ships: one that does not read is a bug of ours, found by whoever makes the catalog. */
export function valueOf<T>(checked: Checked<T>): T {
  if ('problems' in checked) throw new Error(checked.problems.join('\n'));
  return checked.value;
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** An unknown key is a fault of the key, not of the map around it. */
const faultsOf = (issue: z.core.$ZodIssue): readonly Fault[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is no field here' }))
    : [{ path: issue.path, message: issue.message }];

/** The place of a field; where it is missing, that of what should hold it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, depth), true);
    const offset = startOf(node);
    if (offset !== undefined) return offset;
  }
  return startOf(document.contents) ?? 0;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  return Array.isArray(node.range) ? (node.range[0] as number) : undefined;
}
