import type { FailureKind } from '../../domain/agent/observed.ts';
import type { Failure } from './observation.ts';
import { untilOf } from './quotaTime.ts';
import { oneLine } from './summary.ts';

/**
 * Some failures reach us as prose alone: CLIs give no code on standard error, and Codex none at all. Matched only
 * where a CLI has already said that it failed, and only to choose the kind; what it does not fit is `other`.
 */
const signs: readonly (readonly [RegExp, FailureKind])[] = [
  [/MCP servers? failed to (initialize|start)/i, 'bridge'],
  [
    /no conversation found|no rollout found|session id .* is already in use|session not found|no session, task,? or name matched|invalid session identifier|error resuming session/i,
    'session',
  ],
  [/max(imum)? session turns/i, 'limit'],
  // Before `auth`: endpoints also answer 403 where an account has no more to spend.
  [
    /usage limit|hit your .{0,30}limit|reached your .{0,30}limit|rate.?limit|quota|credit balance|insufficient (balance|funds)|out of (extra )?(usage|your (included )?AI credits)|RESOURCE_EXHAUSTED|exhausted your (daily|capacity)|\b429\b/i,
    'quota',
  ],
  [
    /\b401\b|\b403\b|unauthori[sz]ed|unauthenticated|not logged in|run \/login|authenticat|auth method|api[ _]key not valid|(invalid|incorrect|missing).{0,10} api[ _]key|API_KEY_INVALID|no authentication information/i,
    'auth',
  ],
  [
    /unexpected status|stream disconnected|invalid_request_error|exceeded retry limit|connection failed|cannot connect|could not connect|fetch failed|model not found/i,
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

/** A CLI's own words for a failure; `kind` where something better than the words tells it. */
export function failureFrom(text: string, kind: FailureKind = failureOf(text)): Failure {
  const until = kind === 'quota' ? untilOf(text) : undefined;
  return { failure: kind, reason: oneLine(messageIn(text)), ...(until === undefined ? {} : { until }) };
}

/** An endpoint's answer is handed on as JSON text inside of the words; its message is what a person reads. */
function messageIn(words: string): string {
  const quoted = /"message":\s*"((?:[^"\\]|\\.)*)"/.exec(words)?.[1];
  return quoted === undefined ? words : quoted.replace(/\\n/g, ' ').replace(/\\(.)/g, '$1');
}

/** A process that ended before its turn was over and said nothing better than this. */
export const endedEarly = (exitCode: number | null, signal: string | null): string =>
  `Ended with ${signal ?? `exit code ${exitCode ?? 'unknown'}`} before its turn was over.`;
