import { z } from 'zod';
import { scriptedUsage, type ModelRequest, type ServerEvent, type Turn, type Wire } from './wire.ts';

const block = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  content: z.unknown().optional(),
});
const content = z.union([z.string(), z.array(block)]);
const body = z.looseObject({
  model: z.string().default('mock'),
  stream: z.boolean().default(false),
  system: content.default(''),
  messages: z.array(z.looseObject({ role: z.string(), content })),
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
});

/** Anthropic Messages, as Claude Code speaks it. */
export const anthropicMessages: Wire = {
  name: 'anthropic-messages',
  path: /\/messages$/,
  read(raw): ModelRequest {
    const { model, stream, system, messages, tools } = body.parse(raw);
    const first = messages.find(({ role }) => role === 'user');
    const results = messages
      .flatMap((message) => (typeof message.content === 'string' ? [] : message.content))
      .filter(({ type }) => type === 'tool_result')
      .map((result) => textOf(content.catch('').parse(result.content)));
    return {
      model,
      stream,
      tools: tools.map(({ name }) => ({ name })),
      results,
      opening: `${textOf(system)}\n${textOf(first?.content ?? '')}`,
    };
  },
  answer(turn, { model }, id) {
    const usage = {
      input_tokens: scriptedUsage.input,
      output_tokens: scriptedUsage.output,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    };
    const stop_reason = turn.kind === 'call' ? 'tool_use' : 'end_turn';
    const empty = { id: `msg_${id}`, type: 'message', role: 'assistant', model, stop_sequence: null, usage };
    return {
      document: { ...empty, content: [contentBlock(turn, id)], stop_reason },
      events: [
        event('message_start', { message: { ...empty, content: [], stop_reason: null } }),
        ...blockEvents(turn, id),
        event('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 10 } }),
        event('message_stop', {}),
      ],
    };
  },
  error: ({ type, message, more }) => ({ type: 'error', error: { type, message, ...more } }),
};

const textOf = (value: z.infer<typeof content>): string =>
  typeof value === 'string' ? value : value.map(({ text }) => text ?? '').join('\n');

const event = (type: string, fields: object): ServerEvent => ({ event: type, data: { type, ...fields } });

const contentBlock = (turn: Turn, id: string): object =>
  turn.kind === 'text'
    ? { type: 'text', text: turn.text }
    : { type: 'tool_use', id: `toolu_${id}`, name: turn.tool.name, input: turn.input };

function blockEvents(turn: Turn, id: string): ServerEvent[] {
  const emptied = turn.kind === 'text' ? { text: '' } : { input: {} };
  const delta =
    turn.kind === 'text'
      ? { type: 'text_delta', text: turn.text }
      : { type: 'input_json_delta', partial_json: JSON.stringify(turn.input) };
  return [
    event('content_block_start', { index: 0, content_block: { ...contentBlock(turn, id), ...emptied } }),
    event('content_block_delta', { index: 0, delta }),
    event('content_block_stop', { index: 0 }),
  ];
}
