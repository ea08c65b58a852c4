import { bridgeName } from './provider.ts';

const longest = 200;

/** One line of at most 200 characters; a cut is shown. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** The fields that say most about a tool call, whichever CLI's tool it is. */
const telling = ['command', 'file_path', 'path', 'pattern', 'url', 'query', 'description', 'summary', 'note'];

/** What a tool call is about, for a person who watches. */
export function callSummary(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const fields = new Map<string, unknown>(Object.entries(input));
  const best = telling.map((name) => fields.get(name)).find((value) => typeof value === 'string');
  return oneLine(typeof best === 'string' ? best : JSON.stringify(input));
}

/** Sloop's own tools under their own names, whatever a CLI puts before them. */
export function toolName(name: string): string {
  const prefix = `mcp__${bridgeName}__`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
