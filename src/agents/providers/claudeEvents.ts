import { z } from 'zod';

export const claudeTokens = z.looseObject({
  input_tokens: z.number().default(0),
  output_tokens: z.number().default(0),
  cache_creation_input_tokens: z.number().nullish(),
  cache_read_input_tokens: z.number().nullish(),
});
const text = z.looseObject({ text: z.string().optional() });
const block = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  text: z.string().optional(),
  input: z.unknown().optional(),
  tool_use_id: z.string().optional(),
  is_error: z.boolean().optional(),
  content: z.union([z.string(), z.array(text)]).optional(),
});
/** The events of Claude Code's stream that mean something to us; every field that we do not need is let through. */
export const claudeEvent = z.union([
  z.looseObject({
    type: z.literal('system'),
    subtype: z.literal('init'),
    session_id: z.string(),
    mcp_servers: z.array(z.looseObject({ name: z.string(), status: z.string() })).default([]),
  }),
  z.looseObject({
    type: z.literal('system'),
    subtype: z.literal('api_retry'),
    error_status: z.number().nullish(),
    error: z.string().default('unknown'),
  }),
  // Of our own hooks and the person's: what they tell reaches Sloop by itself.
  z.looseObject({ type: z.literal('system'), subtype: z.enum(['hook_started', 'hook_response']) }),
  z.looseObject({
    type: z.literal('assistant'),
    parent_tool_use_id: z.string().nullish(),
    message: z.looseObject({ id: z.string(), content: z.array(block), usage: claudeTokens.optional() }),
  }),
  z.looseObject({
    type: z.literal('user'),
    message: z.looseObject({ content: z.union([z.string(), z.array(block)]) }),
  }),
  z.looseObject({
    type: z.literal('rate_limit_event'),
    rate_limit_info: z.looseObject({ status: z.string(), resetsAt: z.number().nullish() }),
  }),
  z.looseObject({
    type: z.literal('result'),
    subtype: z.string(),
    is_error: z.boolean(),
    api_error_status: z.number().nullish(),
    terminal_reason: z.string().optional(),
    result: z.string().optional(),
    errors: z.array(z.string()).default([]),
    total_cost_usd: z.number().optional(),
    usage: claudeTokens.optional(),
    permission_denials: z
      .array(z.looseObject({ tool_name: z.string(), tool_use_id: z.string().optional() }))
      .default([]),
  }),
]);
export type ClaudeEvent = z.infer<typeof claudeEvent>;
