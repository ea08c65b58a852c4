import { readFileSync } from 'node:fs';
import type { Observation } from '../../src/agents/providers/observation.ts';
import type { ProcessEnd, StreamParser } from '../../src/agents/providers/provider.ts';

/** Feeds a recorded run of a real CLI (test/fixtures/providers) to a parser, and how its process ended. */
export function replay(
  parser: StreamParser,
  recording: string,
  end: Partial<ProcessEnd> = {},
): Observation[] {
  const file = new URL(`../fixtures/providers/${recording}.jsonl`, import.meta.url);
  const lines = readFileSync(file, 'utf8').split('\n');
  const seen = lines.flatMap((line) => [...parser.push(line)]);
  return [...seen, ...parser.end({ exitCode: 0, signal: null, stderrTail: '', ...end })];
}
