import type { FailureKind } from '../../domain/agent/observed.ts';

/**
 * What a provider's output shows. Supporting evidence only: CLIs exit 0 and say "success" after denied tools and
 * dead servers, so whether work is done is known from the agent's own reports to Sloop.
 */
export type Observation =
  | { readonly kind: 'session'; readonly providerSessionId: string }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'used'; readonly tool: string; readonly summary: string }
  /** A tool call that the CLI itself refused: the role's rights and the launch do not fit each other. */
  | { readonly kind: 'denied'; readonly tool: string; readonly reason: string }
  /** More than the previous `usage` told: add them up. */
  | { readonly kind: 'usage'; readonly usage: Usage }
  /** The CLI's endpoint failed and it tries again by itself, some for ever: no sign of progress. */
  | ({ readonly kind: 'retrying' } & Failure)
  | ({ readonly kind: 'failed' } & Failure)
  /** The agent's turn is over by its own account, whatever came of it; `text` is its last message. */
  | { readonly kind: 'ended'; readonly text?: string }
  /** A line or event that this version of the adapter does not know, kept as it came. */
  | { readonly kind: 'unknown'; readonly raw: string };

/** Tokens and cost. `inputTokens` counts all input, cached or not; `cachedTokens` is the part read from a cache. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens?: number;
  readonly costUsd?: number;
}

/** What went wrong. `until` is the ISO time that the provider names for an exhausted account. */
export interface Failure {
  readonly failure: FailureKind;
  readonly reason: string;
  readonly until?: string;
}
