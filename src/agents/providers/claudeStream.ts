import type { z } from 'zod';
import type { FailureKind } from '../../domain/agent/observed.ts';
import { claudeEvent, type ClaudeEvent, type claudeTokens } from './claudeEvents.ts';
import { endedEarly, failureFrom, failureOf, failureOfStatus } from './failureText.ts';
import { eventOf } from './jsonLine.ts';
import type { Observation, Usage } from './observation.ts';
import { bridgeName, type ProcessEnd, type StreamParser } from './provider.ts';
import { callSummary, oneLine, toolName } from './summary.ts';

type Of<Type extends ClaudeEvent['type']> = Extract<ClaudeEvent, { type: Type }>;

interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
}

/** Reads `claude -p --output-format stream-json --verbose`. */
export class ClaudeStream implements StreamParser {
  /** Messages whose tokens are counted: one message comes as several events, each with its usage. */
  readonly #counted = new Set<string>();
  #sum: Tokens = { input: 0, output: 0, cached: 0 };
  /** What failed tool calls answered, for the reason of a denial that only the result names. */
  readonly #toolErrors = new Map<string, string>();
  #until: string | undefined;
  #isOver = false;

  push(line: string): readonly Observation[] {
    if (line.trim() === '') return [];
    const known = eventOf(claudeEvent, line);
    if (known === undefined) return [{ kind: 'unknown', raw: line }];
    switch (known.type) {
      case 'system':
        if (known.subtype === 'init') return started(known);
        return known.subtype === 'api_retry' ? [retrying(known)] : [];
      case 'assistant':
        return this.#assistant(known);
      case 'user':
        return this.#toolResults(known);
      case 'rate_limit_event':
        return this.#rateLimit(known);
      case 'result':
        return this.#result(known);
    }
  }

  end({ exitCode, signal, stderrTail }: ProcessEnd): readonly Observation[] {
    if (this.#isOver) return [];
    return [{ kind: 'failed', ...failureFrom(stderrTail.trim() || endedEarly(exitCode, signal)) }];
  }

  #assistant({ message, parent_tool_use_id: parent }: Of<'assistant'>): Observation[] {
    const seen = message.content.flatMap((part): Observation[] => {
      // What a subagent says is for its starter; only what it does is shown.
      if (part.type === 'text' && (parent ?? null) === null) return [{ kind: 'said', text: part.text ?? '' }];
      if (part.type === 'tool_use' && part.name !== undefined) {
        return [{ kind: 'used', tool: toolName(part.name), summary: callSummary(part.input) }];
      }
      return [];
    });
    if (message.usage === undefined || this.#counted.has(message.id)) return seen;
    this.#counted.add(message.id);
    return [...seen, ...this.#count(sumOf(message.usage))];
  }

  #toolResults({ message }: Of<'user'>): Observation[] {
    if (typeof message.content === 'string') return [];
    for (const { tool_use_id: id, is_error: failed, content = '' } of message.content) {
      if (id === undefined || failed !== true) continue;
      const said = typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('\n');
      this.#toolErrors.set(id, said);
    }
    return [];
  }

  #rateLimit({ rate_limit_info: info }: Of<'rate_limit_event'>): Observation[] {
    if (info.status !== 'rejected') return [];
    if (typeof info.resetsAt === 'number') this.#until = new Date(info.resetsAt * 1000).toISOString();
    const until = this.#until === undefined ? {} : { until: this.#until };
    return [{ kind: 'retrying', failure: 'quota', reason: 'The account’s limit is reached.', ...until }];
  }

  #result(result: Of<'result'>): Observation[] {
    this.#isOver = true;
    const denied = result.permission_denials.map(({ tool_name: name, tool_use_id: id }): Observation => {
      const reason =
        (id === undefined ? undefined : this.#toolErrors.get(id)) ?? 'Not allowed by its launch.';
      return { kind: 'denied', tool: toolName(name), reason: oneLine(reason) };
    });
    const spent = this.#rest(result);
    if (!result.is_error) {
      const said = result.result === undefined ? {} : { text: result.result };
      return [...spent, ...denied, { kind: 'ended', ...said }];
    }
    const reason = reasonOf(result);
    const failure = failureOfResult(result, reason);
    // What the endpoint said is exact; its words for a person are cut to the hour.
    const until = failure === 'quota' && this.#until !== undefined ? { until: this.#until } : {};
    return [...spent, ...denied, { kind: 'failed', ...failureFrom(reason, failure), ...until }];
  }

  /** The result's total, less what its messages were counted for: messages tell their output before it is whole. */
  #rest({ usage, total_cost_usd: costUsd }: Of<'result'>): Observation[] {
    const total = usage === undefined ? this.#sum : sumOf(usage);
    return this.#count(
      {
        input: Math.max(0, total.input - this.#sum.input),
        output: Math.max(0, total.output - this.#sum.output),
        cached: Math.max(0, total.cached - this.#sum.cached),
      },
      costUsd,
    );
  }

  #count(more: Tokens, costUsd?: number): Observation[] {
    this.#sum = {
      input: this.#sum.input + more.input,
      output: this.#sum.output + more.output,
      cached: this.#sum.cached + more.cached,
    };
    if (more.input === 0 && more.output === 0 && costUsd === undefined) return [];
    const tokenCounts = { inputTokens: more.input, outputTokens: more.output, cachedTokens: more.cached };
    const usage: Usage = costUsd === undefined ? tokenCounts : { ...tokenCounts, costUsd };
    return [{ kind: 'usage', usage }];
  }
}

function started({ session_id, mcp_servers }: Extract<ClaudeEvent, { subtype: 'init' }>): Observation[] {
  const session: Observation = { kind: 'session', providerSessionId: session_id };
  const bridge = mcp_servers.find(({ name }) => name === bridgeName);
  if (bridge === undefined || bridge.status === 'connected' || bridge.status === 'pending') return [session];
  const reason = `Claude Code could not start Sloop’s MCP server (${bridge.status}).`;
  return [session, { kind: 'failed', failure: 'bridge', reason }];
}

function retrying({
  error,
  error_status: status,
}: Extract<ClaudeEvent, { subtype: 'api_retry' }>): Observation {
  if (typeof status !== 'number')
    return { kind: 'retrying', failure: 'model', reason: `No answer (${error}).` };
  return { kind: 'retrying', failure: failureOfStatus(status), reason: `${error} (HTTP ${status})` };
}

/** Stopped from outside it gives only a diagnosis of its own insides. */
function reasonOf({ terminal_reason: end, result, errors, subtype }: Of<'result'>): string {
  if (end?.startsWith('aborted') === true) return 'Stopped before its turn was over.';
  return oneLine(result ?? (errors.join(' ') || subtype));
}

function failureOfResult({ subtype, api_error_status: status }: Of<'result'>, reason: string): FailureKind {
  if (subtype === 'error_max_turns' || subtype === 'error_max_budget_usd') return 'limit';
  return typeof status === 'number' ? failureOfStatus(status) : failureOf(reason);
}

function sumOf(usage: z.infer<typeof claudeTokens>): Tokens {
  const cached = usage.cache_read_input_tokens ?? 0;
  const input = usage.input_tokens + cached + (usage.cache_creation_input_tokens ?? 0);
  return { input, output: usage.output_tokens, cached };
}
