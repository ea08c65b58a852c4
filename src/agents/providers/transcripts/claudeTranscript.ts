import { z } from 'zod';
import { claudeTokens } from '../claudeEvents.ts';
import { failureOf } from '../failureText.ts';
import { eventOf } from '../jsonLine.ts';
import type { Observation } from '../observation.ts';
import { callSummary, oneLine, toolName } from '../summary.ts';
import type { TranscriptParser } from './transcriptParser.ts';

const block = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  name: z.string().optional(),
  input: z.unknown().optional(),
});

/** The lines of Claude Code's session file that mean something to us. */
const entry = z.union([
  z.looseObject({
    type: z.literal('assistant'),
    isSidechain: z.boolean().default(false),
    isApiErrorMessage: z.boolean().default(false),
    message: z.looseObject({ id: z.string(), content: z.array(block), usage: claudeTokens.optional() }),
  }),
  z.looseObject({
    type: z.literal('system'),
    subtype: z.literal('api_error'),
    error: z.looseObject({ message: z.string().optional(), status: z.number().optional() }).optional(),
  }),
]);
type Said = Extract<z.output<typeof entry>, { type: 'assistant' }>;

/** Reads `~/.claude/projects/FOLDER/SESSION.jsonl`. It tells tokens and no cost. */
export class ClaudeTranscript implements TranscriptParser {
  /** What each message was counted for: its parts are lines of their own, each with what it spent until then. */
  readonly #counted = new Map<string, { readonly input: number; readonly output: number }>();

  push(line: string): readonly Observation[] {
    const known = eventOf(entry, line);
    if (known === undefined) return [];
    if (known.type === 'system') {
      const reason = known.error?.message ?? 'No answer.';
      return [{ kind: 'retrying', failure: failureOf(reason), reason: oneLine(reason) }];
    }
    const { content } = known.message;
    if (known.isApiErrorMessage) {
      const reason = content.map(({ text }) => text ?? '').join(' ');
      return [{ kind: 'failed', failure: failureOf(reason), reason: oneLine(reason) }];
    }
    return [...shown(known), ...this.#spent(known)];
  }

  #spent({ message: { id, usage } }: Said): Observation[] {
    if (usage === undefined) return [];
    const before = this.#counted.get(id) ?? { input: 0, output: 0 };
    const cachedTokens = usage.cache_read_input_tokens ?? 0;
    const input = usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + cachedTokens;
    const output = Math.max(before.output, usage.output_tokens);
    this.#counted.set(id, { input: Math.max(before.input, input), output });
    const more = {
      inputTokens: Math.max(0, input - before.input),
      outputTokens: output - before.output,
      cachedTokens: before.input === 0 ? cachedTokens : 0,
    };
    return more.inputTokens === 0 && more.outputTokens === 0 ? [] : [{ kind: 'usage', usage: more }];
  }
}

const shown = ({ isSidechain, message }: Said): Observation[] =>
  message.content.flatMap((part): Observation[] => {
    // What a subagent says is for its starter; only what it does is shown.
    if (part.type === 'text' && !isSidechain && (part.text ?? '').trim() !== '')
      return [{ kind: 'said', text: part.text ?? '' }];
    if (part.type === 'tool_use' && part.name !== undefined)
      return [{ kind: 'used', tool: toolName(part.name), summary: callSummary(part.input) }];
    return [];
  });
