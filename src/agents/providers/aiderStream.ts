import { endedEarly, failureFrom, failureOf } from './failureText.ts';
import type { Observation } from './observation.ts';
import type { ProcessEnd, StreamParser } from './provider.ts';

const counts: Readonly<Record<string, number>> = { k: 1000, m: 1_000_000 };
const tokenCount = (text: string): number =>
  Math.round(Number.parseFloat(text) * (counts[text.slice(-1).toLowerCase()] ?? 1));

const cost = /\$(\d+(?:\.\d+)?) message/;
const tokens = /^Tokens: ([\d.]+[kM]?) sent,(?:.*?,)? ([\d.]+[kM]?) received/;
const cached = /([\d.]+[kM]?) cache hit/;
/** How the library by which aider asks its models names what went wrong. */
const modelError = /^litellm\.(\w+Error): ?(.*)$/;
const edited = /^Applied edit to (.+)$/;

/**
 * Reads what aider prints with `--no-pretty --no-stream`: lines of text, and among them what it spent. Written from
 * its documentation and reports of its users; no aider was at hand to try it on.
 */
export class AiderStream implements StreamParser {
  #failed = false;

  push(line: string): readonly Observation[] {
    const text = line.trimEnd();
    if (text.trim() === '') return [];
    const spent = tokens.exec(text);
    if (spent !== null) return [usage(spent, text)];
    const wrong = modelError.exec(text);
    if (wrong !== null) return [this.#wrong(wrong)];
    // After a retry comes an answer, or the next failure.
    if (/^Retrying in [\d.]+ seconds/.test(text)) return [];
    const file = edited.exec(text)?.[1];
    if (file !== undefined) return [{ kind: 'used', tool: 'edit', summary: file }];
    return [{ kind: 'said', text }];
  }

  end({ exitCode, signal, stderrTail }: ProcessEnd): readonly Observation[] {
    if (this.#failed) return [];
    if (exitCode === 0) return [{ kind: 'ended' }];
    const words = signal === null ? (stderrTail.trim().split('\n').at(-1) ?? '') : '';
    return [{ kind: 'failed', ...failureFrom(words || endedEarly(exitCode, signal)) }];
  }

  /** A refused login ends the chat; everything else it tries again for a minute. */
  #wrong([, name = '', text = '']: RegExpExecArray): Observation {
    const words = `${name}: ${text}`;
    const kind = /Authentication|PermissionDenied/.test(name) ? 'auth' : failureOf(words);
    this.#failed ||= kind === 'auth';
    const told = failureFrom(words, kind === 'other' ? 'model' : kind);
    return { kind: kind === 'auth' ? 'failed' : 'retrying', ...told };
  }
}

function usage([, sent = '0', received = '0']: RegExpExecArray, line: string): Observation {
  const hit = cached.exec(line)?.[1];
  const dollars = cost.exec(line)?.[1];
  return {
    kind: 'usage',
    usage: {
      inputTokens: tokenCount(sent),
      outputTokens: tokenCount(received),
      ...(hit === undefined ? {} : { cachedTokens: tokenCount(hit) }),
      ...(dollars === undefined ? {} : { costUsd: Number(dollars) }),
    },
  };
}
