/** A tool call as a log keeps it: `tool: summary`, or words without a tool. */
export interface ToolCall {
  readonly sequence: number;
  readonly tool: string;
  /** The first line of what it was about. */
  readonly summary: string;
  /** All of it, where that is more. */
  readonly rest: string | null;
}

const longestSummary = 200;

export function toolCall(sequence: number, content: string): ToolCall {
  const [, tool = '', about = ''] = /^([\w.:/-]{1,80}?): ([^]*)$/.exec(content) ?? [];
  const text = (tool === '' ? content : about).trim();
  const [line = ''] = text.split('\n');
  const summary = line.length > longestSummary ? `${line.slice(0, longestSummary - 1)}…` : line;
  const isBare = tool === '' && /^[\w.:/-]{1,80}$/.test(text);
  return {
    sequence,
    tool: isBare ? text : tool === '' ? 'tool' : tool,
    summary: isBare ? '' : summary,
    rest: text === summary || isBare ? null : text,
  };
}

const icons: readonly (readonly [pattern: RegExp, icon: string])[] = [
  [/^(mcp__)?sloop|^(todo|report|stage|context|message|artifact)[_.]/i, 'checklist'],
  [/edit|write|patch|create|replace|notebook/i, 'edit'],
  [/bash|shell|exec|command|run|terminal/i, 'terminal'],
  [/grep|search|find|glob/i, 'search'],
  [/web|fetch|http|url/i, 'globe'],
  [/read|view|(^|[_.])(cat|ls|list|open)/i, 'file'],
  [/task|agent/i, 'hubot'],
  [/todo|plan/i, 'checklist'],
];

/** What a tool does, as far as its name tells. */
export const toolIcon = (tool: string): string =>
  icons.find(([pattern]) => pattern.test(tool))?.[1] ?? 'tools';

/** `Read 3, Edit`: the tools of a run, the most used first. */
export function toolNames(calls: readonly ToolCall[]): string {
  const counts = new Map<string, number>();
  for (const { tool } of calls) counts.set(tool, (counts.get(tool) ?? 0) + 1);
  const all = [...counts].toSorted((a, b) => b[1] - a[1]);
  const named = all.slice(0, 4).map(([tool, count]) => (count === 1 ? tool : `${tool} ${count}`));
  return all.length > named.length ? `${named.join(', ')} and others` : named.join(', ');
}
