import { z } from 'zod';
import { scriptedUsage, type ServerEvent, type Wire } from './wire.ts';

const part = z.looseObject({ text: z.string().optional() });
const content = z.union([z.string(), z.array(part)]).nullish();
const body = z.looseObject({
  model: z.string().default('mock'),
  stream: z.boolean().default(false),
  messages: z.array(z.looseObject({ role: z.string(), content })),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).default([]),
});

/** OpenAI Chat Completions, as opencode and Copilot CLI speak it to an endpoint of one's own. */
export const openaiChat: Wire = {
  name: 'openai-chat',
  path: /\/chat\/completions$/,
  read(raw) {
    const { model, stream, messages, tools } = body.parse(raw);
    const first = messages.findIndex(({ role }) => role === 'user');
    return {
      model,
      stream,
      tools: tools.map((tool) => ({ name: tool.function.name })),
      results: messages.filter(({ role }) => role === 'tool').map((message) => textOf(message.content)),
      opening: messages
        .filter(({ role }, index) => role === 'system' || role === 'developer' || index === first)
        .map((message) => textOf(message.content))
        .join('\n'),
    };
  },
  answer(turn, { model }, id) {
    const call = turn.kind === 'call' && {
      ...{ index: 0, id: `call_${id}`, type: 'function' },
      function: { name: turn.tool.name, arguments: JSON.stringify(turn.input) },
    };
    const message = {
      role: 'assistant',
      ...(call ? { content: null, tool_calls: [call] } : { content: turn.kind === 'text' ? turn.text : '' }),
    };
    const finish_reason = call ? 'tool_calls' : 'stop';
    const { input, output } = scriptedUsage;
    const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
    const base = { id: `chatcmpl_${id}`, created: 1, model };
    const chunk = (delta: object, reason: string | null, more: object = {}): ServerEvent => ({
      data: {
        ...base,
        object: 'chat.completion.chunk',
        choices: [{ index: 0, delta, finish_reason: reason }],
        ...more,
      },
    });
    return {
      document: {
        ...base,
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason }],
        usage,
      },
      events: [chunk(message, null), chunk({}, finish_reason, { usage }), { data: '[DONE]' }],
    };
  },
  error: ({ type, message, more }) => ({ error: { message, type, code: type, ...more } }),
};

const textOf = (value: z.infer<typeof content>): string =>
  typeof value === 'string' ? value : (value ?? []).map(({ text }) => text ?? '').join('\n');
