import type { FailureKind } from '../../domain/agent/observed.ts';

/**
 * Some failures reach us as prose alone: CLIs give no code on standard error, and Codex none at all. Matched only
 * where a CLI has already said that it failed, and only to choose the kind; what it does not fit is `other`.
 */
const signs: readonly (readonly [RegExp, FailureKind])[] = [
  [/MCP servers? failed to (initialize|start)/i, 'bridge'],
  [/no conversation found|no rollout found|session id .* is already in use/i, 'session'],
  [/\b401\b|\b403\b|unauthori[sz]ed|not logged in|run \/login|authentication/i, 'auth'],
  [/\b429\b|usage limit|rate limit|quota|credit balance|hit your limit/i, 'quota'],
  [
    /unexpected status|stream disconnected|invalid_request_error|exceeded retry limit|connection failed/i,
    'model',
  ],
];

export const failureOf = (text: string): FailureKind =>
  signs.find(([sign]) => sign.test(text))?.[1] ?? 'other';

/** What an HTTP status of the model's endpoint means for the agent. */
export function failureOfStatus(status: number): FailureKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 402 || status === 429) return 'quota';
  return 'model';
}
