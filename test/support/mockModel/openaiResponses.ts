import { z } from 'zod';
import { scriptedUsage, type OfferedTool, type ServerEvent, type Turn, type Wire } from './wire.ts';

const text = z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]);
const item = z.looseObject({
  type: z.string().default('message'),
  role: z.string().optional(),
  content: text.nullish(),
  output: z.unknown().optional(),
});
type Item = Pick<z.infer<typeof item>, 'type' | 'role' | 'content' | 'output'>;
const tool = z.looseObject({ type: z.string(), name: z.string().optional() });
const namespace = z.looseObject({
  type: z.literal('namespace'),
  name: z.string(),
  tools: z.array(tool),
});
const body = z.looseObject({
  model: z.string().default('mock'),
  stream: z.boolean().default(false),
  instructions: z.string().default(''),
  input: z.union([z.string(), z.array(item)]).default([]),
  tools: z.array(z.union([namespace, tool])).default([]),
});

/** OpenAI Responses, as Codex speaks it. */
export const openaiResponses: Wire = {
  name: 'openai-responses',
  path: /\/responses$/,
  read(raw) {
    const request = body.parse(raw);
    const items: readonly Item[] =
      typeof request.input === 'string'
        ? [{ type: 'message', role: 'user', content: request.input, output: undefined }]
        : request.input;
    return {
      model: request.model,
      stream: request.stream,
      tools: request.tools.flatMap(offered),
      results: items
        .filter(({ type }) => type === 'function_call_output' || type === 'custom_tool_call_output')
        .map(({ output }) => textOf(output)),
      opening: [request.instructions, ...openingOf(items).map(({ content }) => textOf(content))].join('\n'),
    };
  },
  answer(turn, { model }, id) {
    const output = outputItem(turn, id);
    const usage = {
      input_tokens: scriptedUsage.input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: scriptedUsage.output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: scriptedUsage.input + scriptedUsage.output,
    };
    const document = {
      id: `resp_${id}`,
      object: 'response',
      status: 'completed',
      model,
      output: [output],
      usage,
    };
    const started = { ...document, status: 'in_progress', output: [], usage: null };
    return {
      document,
      events: [
        event('response.created', { response: started }),
        event('response.output_item.added', { output_index: 0, item: { ...output, status: 'in_progress' } }),
        event('response.output_item.done', { output_index: 0, item: output }),
        event('response.completed', { response: document }),
      ],
    };
  },
  error: ({ type, message, more }) => ({ error: { type, code: type, message, param: null, ...more } }),
};

/** Codex opens with several messages (its rules, ours, the environment, the prompt) before the model's first turn. */
function openingOf(items: readonly Item[]): readonly Item[] {
  const firstTurn = items.findIndex(({ type, role }) => type !== 'message' || role === 'assistant');
  return firstTurn === -1 ? items : items.slice(0, firstTurn);
}

const textOf = (value: unknown): string => {
  const parsed = text.safeParse(value);
  if (!parsed.success) return value === undefined || value === null ? '' : JSON.stringify(value);
  return typeof parsed.data === 'string'
    ? parsed.data
    : parsed.data.map((part) => part.text ?? '').join('\n');
};

const event = (type: string, fields: object): ServerEvent => ({ event: type, data: { type, ...fields } });

const plainTool = (entry: z.infer<typeof tool>): OfferedTool => ({
  name: entry.name ?? entry.type,
  ...(entry.type === 'custom' ? { freeform: true } : {}),
});

/** Codex wraps an MCP server's tools in `{ type: 'namespace', name: 'mcp__server', tools }`. */
function offered(entry: z.infer<typeof namespace> | z.infer<typeof tool>): OfferedTool[] {
  const nested = namespace.safeParse(entry);
  if (!nested.success) return [plainTool(tool.parse(entry))];
  return nested.data.tools.map((inner) => ({ ...plainTool(inner), namespace: nested.data.name }));
}

function outputItem(turn: Turn, id: string): object {
  if (turn.kind === 'text') {
    const content = [{ type: 'output_text', text: turn.text, annotations: [] }];
    return { type: 'message', id: `msg_${id}`, role: 'assistant', status: 'completed', content };
  }
  const { name, namespace: space, freeform } = turn.tool;
  const call = { call_id: `call_${id}`, name, status: 'completed' };
  if (freeform) return { type: 'custom_tool_call', id: `ctc_${id}`, ...call, input: turn.input };
  const where = space === undefined ? {} : { namespace: space };
  return { type: 'function_call', id: `fc_${id}`, ...call, ...where, arguments: JSON.stringify(turn.input) };
}
