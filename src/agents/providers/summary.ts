import { bridgeName } from './provider.ts';

const longest = 200;

/** One line of at most 200 characters; a cut is shown. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** The fields that say most about a tool call, whichever CLI's tool it is. */
const telling = [
  'command',
  'file_path',
  'filePath',
  'path',
  'pattern',
  'url',
  'query',
  'description',
  'summary',
  'note',
];

/** What a tool call is about, for a person who watches. */
export function callSummary(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const fields = new Map<string, unknown>(Object.entries(input));
  const best = telling.map((name) => fields.get(name)).find((value) => typeof value === 'string');
  return oneLine(typeof best === 'string' ? best : JSON.stringify(input));
}

/** What the CLIs put before the name of an MCP server's tool. */
const prefixes = [`mcp__${bridgeName}__`, `mcp_${bridgeName}_`, `${bridgeName}_`, `${bridgeName}-`];

/** Sloop's own tools under their own names, whatever a CLI puts before them. */
export function toolName(name: string): string {
  const prefix = prefixes.find((one) => name.startsWith(one)) ?? '';
  return name.slice(prefix.length);
}
