import { codexEvent, type CodexItem, type CodexUsage } from './codexEvents.ts';
import { endedEarly, failureFrom } from './failureText.ts';
import { eventOf } from './jsonLine.ts';
import type { Observation, Usage } from './observation.ts';
import type { ProcessEnd, StreamParser } from './provider.ts';
import { callSummary, oneLine } from './summary.ts';

/**
 * Reads `codex exec --json`. Its stream leaves out commands that failed in its sandbox, and those that Codex refused
 * to start: the latter are read from its log on standard error, the former are not seen.
 */
export class CodexStream implements StreamParser {
  #counted: Usage;
  #lastMessage: string | undefined;
  #isOver = false;
  #toldSandbox = false;

  constructor(spentBefore: Usage = { inputTokens: 0, outputTokens: 0 }) {
    this.#counted = spentBefore;
  }

  push(line: string): readonly Observation[] {
    if (line.trim() === '') return [];
    const event = eventOf(codexEvent, line);
    if (event === undefined) return [{ kind: 'unknown', raw: line }];
    switch (event.type) {
      case 'thread.started':
        return [{ kind: 'session', providerSessionId: event.thread_id }];
      case 'turn.started':
        this.#isOver = false;
        return [];
      case 'item.started':
        return started(event.item);
      case 'item.updated':
        return [];
      case 'item.completed':
        return this.#completed(event.item);
      case 'turn.completed': {
        this.#isOver = true;
        const text = this.#lastMessage === undefined ? {} : { text: this.#lastMessage };
        return [this.#spent(event.usage), { kind: 'ended', ...text }];
      }
      case 'turn.failed':
        this.#isOver = true;
        return [failed(event.error.message)];
      case 'error':
        // A lasting error comes again as `turn.failed`; until then Codex tries again by itself, without an end.
        return [{ kind: 'retrying', ...failureFrom(event.message) }];
    }
  }

  end({ exitCode, signal, stderrTail }: ProcessEnd): readonly Observation[] {
    const rejected = rejections(stderrTail);
    if (this.#isOver) return rejected;
    return [...rejected, failed(lastError(stderrTail) ?? endedEarly(exitCode, signal))];
  }

  /** Codex counts by session, over all processes that it had; we tell what came on top. */
  #spent(total: CodexUsage): Observation {
    const before = this.#counted;
    const now = {
      inputTokens: total.input_tokens,
      outputTokens: total.output_tokens,
      cachedTokens: total.cached_input_tokens,
    };
    this.#counted = now;
    return {
      kind: 'usage',
      usage: {
        inputTokens: Math.max(0, now.inputTokens - before.inputTokens),
        outputTokens: Math.max(0, now.outputTokens - before.outputTokens),
        cachedTokens: Math.max(0, now.cachedTokens - (before.cachedTokens ?? 0)),
      },
    };
  }

  /** Where the sandbox cannot start, all that a command prints is the sandbox's own complaint. Told once. */
  #sandboxFault(output: string): Observation[] {
    const complaint = /^(bwrap: [^\n]*)\n?$/.exec(output)?.[1];
    if (complaint === undefined || this.#toldSandbox) return [];
    this.#toldSandbox = true;
    const reason = `Codex’s sandbox needs user namespaces and cannot start here; it can run no command (${complaint}).`;
    return [{ kind: 'failed', failure: 'sandbox', reason: oneLine(reason) }];
  }

  #completed(item: CodexItem): Observation[] {
    switch (item.type) {
      case 'agent_message':
        this.#lastMessage = item.text;
        return [{ kind: 'said', text: item.text }];
      case 'mcp_tool_call': {
        // A tool's own refusal is a result; an error means that the call never reached the server.
        const reason = item.error?.message;
        return reason === undefined ? [] : [{ kind: 'denied', tool: item.tool, reason: oneLine(reason) }];
      }
      case 'command_execution':
        if (item.status === 'failed') return this.#sandboxFault(item.aggregated_output);
        if (item.status !== 'declined') return [];
        return [{ kind: 'denied', tool: 'shell', reason: `Declined: ${oneLine(item.command)}` }];
      case 'file_change': {
        const files = oneLine(item.changes.map(({ kind, path }) => `${kind} ${path}`).join(', '));
        if (item.status === 'completed') return [{ kind: 'used', tool: 'edit', summary: files }];
        return [{ kind: 'denied', tool: 'edit', reason: `${item.status}: ${files}` }];
      }
      case 'web_search':
        return [{ kind: 'used', tool: 'web_search', summary: oneLine(item.query) }];
      case 'reasoning':
        return [];
    }
  }
}

/** Calls are shown when they begin: a command may run for minutes. */
function started(item: CodexItem): Observation[] {
  if (item.type === 'mcp_tool_call') {
    return [{ kind: 'used', tool: item.tool, summary: callSummary(item.arguments) }];
  }
  if (item.type === 'command_execution') {
    return [{ kind: 'used', tool: 'shell', summary: oneLine(item.command) }];
  }
  return [];
}

const failed = (message: string): Observation => ({ kind: 'failed', ...failureFrom(message) });

const rejections = (stderr: string): Observation[] =>
  stderr
    .split('\n')
    .filter((line) => line.includes('codex_core::tools::router') && line.includes('Rejected('))
    .map((line) => ({ kind: 'denied', tool: 'shell', reason: oneLine(line.replace(/^.*?error=/, '')) }));

/** Standard error also has progress and log lines; the line that ends the process begins with `Error:`. */
const lastError = (stderr: string): string | undefined =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('Error:'))
    .at(-1)
    ?.slice('Error:'.length)
    .trim();
