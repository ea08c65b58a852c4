import { endedEarly, failureFrom, failureOf, failureOfStatus } from './failureText.ts';
import { eventOf } from './jsonLine.ts';
import type { Observation } from './observation.ts';
import { opencodeEvent, type OpencodeError, type OpencodeEvent } from './opencodeEvents.ts';
import { bridgeName, type ProcessEnd, type StreamParser } from './provider.ts';
import { untilIn } from './quotaTime.ts';
import { callSummary, oneLine, toolName } from './summary.ts';
import { spent } from './tokens.ts';

type Of<Type extends OpencodeEvent['type']> = Extract<OpencodeEvent, { type: Type }>;

/** What a tool call ends with that opencode itself refused. */
const refusal = /rejected permission|rule which prevents|permission (was )?(denied|rejected)/i;

/** Reads `opencode run --format json`; a tool is told when it ended. That it tries again stands in its log alone. */
export class OpencodeStream implements StreamParser {
  #session: string | undefined;
  #lastMessage: string | undefined;
  #isOver = false;

  push(line: string): readonly Observation[] {
    if (line.trim() === '') return [];
    const event = eventOf(opencodeEvent, line);
    if (event === undefined) return [{ kind: 'unknown', raw: line }];
    return [...this.#begun(event), ...this.#shown(event)];
  }

  pushError(line: string): readonly Observation[] | undefined {
    if (!/^timestamp=\S+ level=(ERROR|WARN) /.test(line)) return undefined;
    // The same once more with its stack; and the title, which a request of its own asks for.
    if (/ message=process /.test(line) || / small=true /.test(line)) return [];
    const problem = / message="stream error" .*error\.error="(?:\w+: )?((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
    if (problem === undefined) return bridgeFailure(line);
    const words = problem.replace(/\\(.)/g, '$1');
    const kind = failureOf(words);
    return [{ kind: 'retrying', ...failureFrom(words, kind === 'other' ? 'model' : kind) }];
  }

  end({ exitCode, signal, stderrTail }: ProcessEnd): readonly Observation[] {
    if (this.#isOver) return [];
    const words = signal === null ? lastWords(stderrTail) : undefined;
    return [{ kind: 'failed', ...failureFrom(words ?? endedEarly(exitCode, signal)) }];
  }

  #begun({ sessionID }: OpencodeEvent): Observation[] {
    if (sessionID === undefined || this.#session !== undefined) return [];
    this.#session = sessionID;
    return [{ kind: 'session', providerSessionId: sessionID }];
  }

  #shown(event: OpencodeEvent): Observation[] {
    switch (event.type) {
      case 'step_start':
        this.#isOver = false;
        return [];
      case 'reasoning':
        return [];
      case 'text': {
        const text = event.part.text.trim();
        if (text === '') return [];
        this.#lastMessage = text;
        return [{ kind: 'said', text }];
      }
      case 'tool_use':
        return used(event);
      case 'step_finish':
        return this.#finished(event);
      case 'error':
        this.#isOver = true;
        return [failed(event.error)];
    }
  }

  #finished({ part }: Of<'step_finish'>): Observation[] {
    const { input = 0, output = 0, reasoning = 0, cache = { read: 0, write: 0 } } = part.tokens ?? {};
    const tokens = {
      input: input + cache.read + cache.write,
      output: output + reasoning,
      cached: cache.read,
    };
    const usage = spent(tokens, part.cost);
    if (part.reason === 'tool-calls') return usage;
    this.#isOver = true;
    const text = this.#lastMessage === undefined ? {} : { text: this.#lastMessage };
    return [...usage, { kind: 'ended', ...text }];
  }
}

function used({ part }: Of<'tool_use'>): Observation[] {
  const tool = toolName(part.tool);
  const { status, input, error = '' } = part.state;
  const call: Observation = { kind: 'used', tool, summary: callSummary(input) };
  if (status !== 'error' || !refusal.test(error)) return [call];
  return [call, { kind: 'denied', tool, reason: oneLine(error) }];
}

function failed({ name, data, message }: OpencodeError): Observation {
  const words = data?.message ?? message ?? name;
  const status = data?.statusCode;
  const kind =
    name === 'ProviderAuthError' ? 'auth' : status === undefined ? failureOf(words) : failureOfStatus(status);
  const told = failureFrom(words, kind);
  const seconds = Number(data?.responseHeaders?.['retry-after'] ?? Number.NaN);
  const until = kind === 'quota' && seconds > 0 ? untilIn(seconds) : undefined;
  return { kind: 'failed', ...told, ...(until === undefined ? {} : { until }) };
}

/** Undefined for what is nothing of the bridge. */
const bridgeFailure = (line: string): readonly Observation[] | undefined =>
  line.includes(' message="server unavailable"') && new RegExp(` key=${bridgeName}\\b`).test(line)
    ? [{ kind: 'failed', failure: 'bridge', reason: 'opencode could not start Sloop’s MCP server.' }]
    : undefined;

/** Its errors on a terminal are written for a person: coloured, after its log. */
const lastWords = (stderr: string): string | undefined =>
  stderr
    .replace(/\u001b\[[\d;]*m/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('timestamp='))
    .at(-1);
