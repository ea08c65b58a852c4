import type { FailureKind } from '../../domain/agent/observed.ts';
import {
  copilotEvent,
  copilotSignsOfLife,
  copilotUsage,
  type CopilotData,
  type CopilotEvent,
} from './copilotEvents.ts';
import { endedEarly, failureFrom, failureOf, failureOfStatus } from './failureText.ts';
import { eventOf } from './jsonLine.ts';
import type { Observation, Usage } from './observation.ts';
import { bridgeName, type ProcessEnd, type StreamParser } from './provider.ts';
import { callSummary, oneLine, toolName } from './summary.ts';
import { noTokens, spent, tokensOf, tokensSince, type Tokens } from './tokens.ts';

/** Reads `copilot --output-format json`. What was spent stands in its usage file alone, which it writes at its end. */
export class CopilotStream implements StreamParser {
  readonly #before: Tokens;
  readonly #tools = new Map<string, string>();
  #lastMessage: string | undefined;
  /** The model's endpoint failed and has not answered since: until then no event is a sign of life. */
  #trouble: Observation | undefined;
  #failed = false;
  #aborted = false;
  #exitCode: number | undefined;

  constructor(spentBefore?: Usage) {
    this.#before = tokensOf(spentBefore);
  }

  push(line: string): readonly Observation[] {
    if (line.trim() === '') return [];
    const event = eventOf(copilotEvent, line);
    if (event === undefined) return [{ kind: 'unknown', raw: line }];
    if (event.type === 'model.call_failure') this.#trouble = retrying(event.data);
    const seen = this.#shown(event, line);
    // Also where it succeeds after a failure, which is told after the answer.
    const answered = event.type === 'assistant.message' || event.data.outcome === 'success';
    if (answered || event.type === 'session.error') this.#trouble = undefined;
    return seen.length === 0 && this.#trouble !== undefined ? [this.#trouble] : seen;
  }

  end({ exitCode, signal, stderrTail, usageText }: ProcessEnd): readonly Observation[] {
    const usage = spent(tokensSince(this.#before, usageIn(usageText)));
    if (this.#failed) return usage;
    if (this.#exitCode === 0 && !this.#aborted) {
      const text = this.#lastMessage === undefined ? {} : { text: this.#lastMessage };
      return [...usage, { kind: 'ended', ...text }];
    }
    // Stopped from outside its turn is cut off, and its exit code is 0 all the same.
    const words = exitCode === 0 || signal !== null ? '' : firstWords(stderrTail);
    return [...usage, { kind: 'failed', ...failureFrom(words || endedEarly(exitCode, signal)) }];
  }

  #shown({ type, data, sessionId, exitCode }: CopilotEvent, line: string): Observation[] {
    switch (type) {
      case 'assistant.message':
        return this.#said(data);
      case 'tool.execution_start': {
        const tool = data.mcpToolName ?? toolName(data.toolName ?? 'a tool');
        this.#tools.set(data.toolCallId ?? '', tool);
        return [{ kind: 'used', tool, summary: callSummary(data.arguments) }];
      }
      case 'tool.execution_complete':
        return this.#refused(data);
      case 'abort':
        this.#aborted = true;
        return [];
      case 'model.call_failure':
        return [];
      case 'session.error': {
        this.#failed = true;
        const words = data.message ?? 'Copilot CLI failed.';
        return [{ kind: 'failed', ...failureFrom(words, kindOf(data, words)) }];
      }
      case 'session.mcp_server_status_changed':
        return bridgeFailure(data);
      case 'result':
        this.#exitCode = exitCode;
        return sessionId === undefined ? [] : [{ kind: 'session', providerSessionId: sessionId }];
      default:
        return copilotSignsOfLife.has(type) ? [] : kept(line);
    }
  }

  #said({ content, parentToolCallId: parent }: CopilotData): Observation[] {
    const text = content?.trim() ?? '';
    // What a subagent says is for its starter; only what it does is shown.
    if (text === '' || (parent ?? null) !== null) return [];
    this.#lastMessage = text;
    return [{ kind: 'said', text }];
  }

  #refused({ success, error, toolCallId }: CopilotData): Observation[] {
    if (success !== false || typeof error !== 'object' || error?.code !== 'denied') return [];
    const tool = this.#tools.get(toolCallId ?? '') ?? 'a tool';
    return [{ kind: 'denied', tool, reason: oneLine(error.message) }];
  }
}

const kept = (line: string): Observation[] => [{ kind: 'unknown', raw: line }];

function retrying({ statusCode, errorMessage }: CopilotData): Observation {
  const words = errorMessage ?? 'The model did not answer.';
  const kind = typeof statusCode === 'number' ? failureOfStatus(statusCode) : 'model';
  return { kind: 'retrying', ...failureFrom(words, kind) };
}

const kinds = new Map<string, FailureKind>([
  ['authentication', 'auth'],
  ['authorization', 'auth'],
  ['quota', 'quota'],
  ['rate_limit', 'quota'],
]);

function kindOf({ errorType, statusCode }: CopilotData, words: string): FailureKind {
  const told = kinds.get(errorType ?? '');
  if (told !== undefined) return told;
  if (typeof statusCode === 'number') return failureOfStatus(statusCode);
  return failureOf(words);
}

function bridgeFailure({ serverName, status, error }: CopilotData): Observation[] {
  if (serverName !== bridgeName || status !== 'failed') return [];
  const why = typeof error === 'string' ? `: ${error}` : '';
  return [
    {
      kind: 'failed',
      failure: 'bridge',
      reason: oneLine(`Copilot CLI could not start Sloop’s MCP server${why}.`),
    },
  ];
}

/** The file counts by session, over all processes that it had, and by model. */
const usageIn = (text: string | undefined): Tokens =>
  Object.values((text === undefined ? undefined : eventOf(copilotUsage, text))?.modelMetrics ?? {}).reduce(
    (all, { usage }) => ({
      input: all.input + usage.inputTokens,
      output: all.output + usage.outputTokens,
      cached: all.cached + usage.cacheReadTokens,
    }),
    noTokens,
  );

const firstWords = (stderr: string): string => stderr.trim().split('\n')[0] ?? '';
