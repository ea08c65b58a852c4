import type { Observation, Usage } from './observation.ts';

/** Tokens so far, as a CLI counts them. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}

export const noTokens: Tokens = { input: 0, output: 0, cached: 0 };

export const tokensOf = (usage: Usage | undefined): Tokens => ({
  input: usage?.inputTokens ?? 0,
  output: usage?.outputTokens ?? 0,
  cached: usage?.cachedTokens ?? 0,
});

/** What `now` has over `before`; a count that shrank (a session was compacted) is nothing spent. */
export const tokensSince = (before: Tokens, now: Tokens): Tokens => ({
  input: Math.max(0, now.input - before.input),
  output: Math.max(0, now.output - before.output),
  cached: Math.max(0, now.cached - before.cached),
});

/** The observation that tells what was spent; none where that is nothing. */
export function spent({ input, output, cached }: Tokens, costUsd = 0): Observation[] {
  if (input === 0 && output === 0 && costUsd === 0) return [];
  const usage = { inputTokens: input, outputTokens: output, cachedTokens: cached };
  return [{ kind: 'usage', usage: costUsd === 0 ? usage : { ...usage, costUsd } }];
}
