import { z } from 'zod';
import { failureOf } from '../failureText.ts';
import { eventOf, jsonLine } from '../jsonLine.ts';
import type { Observation } from '../observation.ts';
import { callSummary, oneLine, toolName } from '../summary.ts';
import type { TranscriptParser } from './transcriptParser.ts';

const message = z.looseObject({
  type: z.literal('item_completed'),
  item: z.looseObject({
    type: z.literal('AgentMessage'),
    content: z.array(z.looseObject({ text: z.string().default('') })),
  }),
});

/** The lines of a Codex rollout file that mean something to us. */
const entry = z.union([
  z.looseObject({ type: z.literal('event_msg'), payload: message }),
  z.looseObject({
    type: z.literal('event_msg'),
    payload: z.looseObject({ type: z.enum(['error', 'stream_error']), message: z.string() }),
  }),
  z.looseObject({
    type: z.literal('response_item'),
    payload: z.looseObject({
      type: z.enum(['function_call', 'custom_tool_call']),
      name: z.string(),
      arguments: z.string().optional(),
      input: z.string().optional(),
    }),
  }),
  z.looseObject({
    type: z.literal('token_usage_record'),
    payload: z.looseObject({
      usage: z.looseObject({
        input_tokens: z.number(),
        cached_input_tokens: z.number().default(0),
        output_tokens: z.number(),
      }),
    }),
  }),
]);

/** Reads `~/.codex/sessions/…/rollout-….jsonl`. It tells tokens and no cost. */
export class CodexTranscript implements TranscriptParser {
  push(line: string): readonly Observation[] {
    const known = eventOf(entry, line);
    switch (known?.type) {
      case 'event_msg': {
        const { payload } = known;
        if (payload.type === 'item_completed')
          return [{ kind: 'said', text: payload.item.content.map(({ text }) => text).join('\n') }];
        const kind = payload.type === 'error' ? 'failed' : 'retrying';
        return [{ kind, failure: failureOf(payload.message), reason: oneLine(payload.message) }];
      }
      case 'response_item': {
        const { name, arguments: json, input } = known.payload;
        const given = json === undefined ? { command: input ?? '' } : jsonLine(json);
        return [{ kind: 'used', tool: toolName(name), summary: callSummary(namedCommand(given)) }];
      }
      case 'token_usage_record': {
        const { input_tokens, output_tokens, cached_input_tokens } = known.payload.usage;
        const usage = {
          inputTokens: input_tokens,
          outputTokens: output_tokens,
          cachedTokens: cached_input_tokens,
        };
        return [{ kind: 'usage', usage }];
      }
      case undefined:
        return [];
    }
  }
}

/** Codex's shell tool calls its command line `cmd`. */
const namedCommand = (given: Readonly<Record<string, unknown>> | undefined): object =>
  typeof given?.['cmd'] === 'string' ? { command: given['cmd'] } : (given ?? {});
