import { z } from 'zod';

const item = z.union([
  z.looseObject({ type: z.literal('agent_message'), text: z.string() }),
  z.looseObject({ type: z.literal('reasoning') }),
  z.looseObject({
    type: z.literal('mcp_tool_call'),
    server: z.string(),
    tool: z.string(),
    arguments: z.unknown().optional(),
    error: z.looseObject({ message: z.string() }).nullish(),
  }),
  z.looseObject({
    type: z.literal('command_execution'),
    command: z.string(),
    status: z.string(),
    aggregated_output: z.string().default(''),
  }),
  z.looseObject({
    type: z.literal('file_change'),
    changes: z.array(z.looseObject({ path: z.string(), kind: z.string() })),
    status: z.string(),
  }),
  z.looseObject({ type: z.literal('web_search'), query: z.string().default('') }),
]);
export type CodexItem = z.infer<typeof item>;

const usage = z.looseObject({
  input_tokens: z.number(),
  cached_input_tokens: z.number().default(0),
  output_tokens: z.number(),
});
export type CodexUsage = z.infer<typeof usage>;

/** The events of Codex's stream that mean something to us; every field that we do not need is let through. */
export const codexEvent = z.union([
  z.looseObject({ type: z.literal('thread.started'), thread_id: z.string() }),
  z.looseObject({ type: z.literal('turn.started') }),
  z.looseObject({ type: z.enum(['item.started', 'item.updated', 'item.completed']), item }),
  z.looseObject({
    type: z.literal('turn.completed'),
    usage,
  }),
  z.looseObject({ type: z.literal('turn.failed'), error: z.looseObject({ message: z.string() }) }),
  z.looseObject({ type: z.literal('error'), message: z.string() }),
]);
