import { endedEarly, failureFrom, failureOf } from './failureText.ts';
import { geminiEvent, type GeminiEvent } from './geminiEvents.ts';
import { eventOf } from './jsonLine.ts';
import type { Observation } from './observation.ts';
import type { ProcessEnd, StreamParser } from './provider.ts';
import { callSummary, oneLine, toolName } from './summary.ts';
import { spent } from './tokens.ts';

type Of<Type extends GeminiEvent['type']> = Extract<GeminiEvent, { type: Type }>;

/** What a tool call ends with that Gemini CLI itself refused, by its policy or because it offers no such tool. */
const refusals = new Set([
  'policy_violation',
  'permission_denied',
  'path_not_in_workspace',
  'tool_not_registered',
]);

/** Gemini CLI leaves out settings files that others could write, ours too, and only warns. */
const settingsLeftOut = /Security Warning: Skipping system defaults file[^\n]*/;

/** Reads `gemini --output-format stream-json`. That it tries again it tells on standard error alone. */
export class GeminiStream implements StreamParser {
  /** What it is saying: it comes in pieces. */
  #saying = '';
  #lastMessage: string | undefined;
  readonly #tools = new Map<string, string>();
  #isOver = false;
  #isRetrying = false;
  /** It names no server: one of the person's own may be meant, unless ours was never heard of. */
  #serverFailed = false;
  #bridgeUsed = false;

  push(line: string): readonly Observation[] {
    if (line.trim() === '') return [];
    const event = eventOf(geminiEvent, line);
    if (event === undefined) return [{ kind: 'unknown', raw: line }];
    this.#isRetrying = false;
    if (event.type === 'message' && event.role === 'assistant') {
      this.#saying += event.content;
      return [];
    }
    return [...this.#said(), ...this.#shown(event)];
  }

  pushError(line: string): readonly Observation[] | undefined {
    this.#serverFailed ||= /^MCP issues detected/.test(line);
    const problem = /^Attempt \d+ failed.*?Retrying with backoff\.\.\.\s*(.*)$/.exec(line)?.[1];
    if (problem !== undefined) {
      this.#isRetrying = true;
      const kind = failureOf(problem);
      return [{ kind: 'retrying', ...failureFrom(problem, kind === 'other' ? 'model' : kind) }];
    }
    // The stack of what was just told.
    return this.#isRetrying && /^\s+at |^\s*[}{\]]|^\s+\[?\w+\]?: /.test(line) ? [] : undefined;
  }

  end({ exitCode, signal, stderrTail }: ProcessEnd): readonly Observation[] {
    const bridge = this.#bridgeFailure(stderrTail);
    if (this.#isOver) return bridge;
    const words = signal === null ? lastError(stderrTail) : undefined;
    const failure = failureFrom(words ?? endedEarly(exitCode, signal));
    return [...this.#said(), ...bridge, { kind: 'failed', ...failure }];
  }

  #bridgeFailure(stderr: string): Observation[] {
    const leftOut = settingsLeftOut.exec(stderr)?.[0];
    if (leftOut === undefined && (!this.#serverFailed || this.#bridgeUsed)) return [];
    const reason =
      leftOut ?? 'Gemini CLI could not start an MCP server, and the agent used none of Sloop’s tools.';
    return [{ kind: 'failed', failure: 'bridge', reason: oneLine(reason) }];
  }

  #said(): Observation[] {
    const text = this.#saying.trim();
    this.#saying = '';
    if (text === '') return [];
    this.#lastMessage = text;
    return [{ kind: 'said', text }];
  }

  #shown(event: GeminiEvent): Observation[] {
    switch (event.type) {
      case 'init':
        return [{ kind: 'session', providerSessionId: event.session_id }];
      case 'message':
        return [];
      case 'tool_use': {
        const tool = toolName(event.tool_name);
        this.#tools.set(event.tool_id, tool);
        this.#bridgeUsed ||= tool !== event.tool_name;
        return [{ kind: 'used', tool, summary: callSummary(event.parameters) }];
      }
      case 'tool_result':
        return this.#refused(event);
      case 'error':
        if (event.severity === 'warning') return [{ kind: 'unknown', raw: event.message }];
        return [{ kind: 'failed', ...failureFrom(event.message) }];
      case 'result':
        return this.#result(event);
    }
  }

  #refused({ tool_id: id, error, output }: Of<'tool_result'>): Observation[] {
    const tool = this.#tools.get(id) ?? 'a tool';
    const words = error?.message || (output ?? '');
    // A path outside of the workspace counts as a wrong parameter.
    const isRefused = refusals.has(error?.type ?? '') || words.startsWith('Path not in workspace');
    return isRefused ? [{ kind: 'denied', tool, reason: oneLine(words) }] : [];
  }

  #result({ status, error, stats }: Of<'result'>): Observation[] {
    this.#isOver = true;
    const usage =
      stats === undefined
        ? []
        : spent({ input: stats.input_tokens, output: stats.output_tokens, cached: stats.cached });
    if (status !== 'error') {
      const text = this.#lastMessage === undefined ? {} : { text: this.#lastMessage };
      return [...usage, { kind: 'ended', ...text }];
    }
    return [...usage, { kind: 'failed', ...failureFrom(error?.message ?? 'Gemini CLI failed.') }];
  }
}

/** Standard error also has warnings and stacks. */
const lastError = (stderr: string): string | undefined =>
  stderr
    .split('\n')
    .filter((line) => /error|invalid|please set|cannot|failed/i.test(line) && !/^\s+at /.test(line))
    .at(-1);
