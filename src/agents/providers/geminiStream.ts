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
    if (this.#isOver) return [];
    const leftOut = settingsLeftOut.exec(stderrTail)?.[0];
    const bridge: Observation[] =
      leftOut === undefined ? [] : [{ kind: 'failed', failure: 'bridge', reason: oneLine(leftOut) }];
    const words = signal === null ? lastError(stderrTail) : undefined;
    const failure = failureFrom(words ?? endedEarly(exitCode, signal));
    return [...this.#said(), ...bridge, { kind: 'failed', ...failure }];
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
    if (error?.type === undefined || !refusals.has(error.type)) return [];
    return [{ kind: 'denied', tool, reason: oneLine(error.message || (output ?? error.type)) }];
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
