import { z } from 'zod';

const error = z.looseObject({ message: z.string().default(''), code: z.string().nullish() });

/** One event of Copilot CLI's stream: its kind, and a body whose fields depend on it. */
export const copilotEvent = z.looseObject({
  type: z.string(),
  data: z
    .looseObject({
      content: z.string().nullish(),
      parentToolCallId: z.string().nullish(),
      toolCallId: z.string().nullish(),
      toolName: z.string().nullish(),
      mcpServerName: z.string().nullish(),
      mcpToolName: z.string().nullish(),
      arguments: z.unknown().optional(),
      success: z.boolean().nullish(),
      error: z.union([z.string(), error]).nullish(),
      statusCode: z.number().nullish(),
      errorMessage: z.string().nullish(),
      errorType: z.string().nullish(),
      message: z.string().nullish(),
      outcome: z.string().nullish(),
      serverName: z.string().nullish(),
      status: z.string().nullish(),
      aborted: z.boolean().nullish(),
    })
    .default({}),
  sessionId: z.string().optional(),
  exitCode: z.number().optional(),
});
export type CopilotEvent = z.infer<typeof copilotEvent>;
export type CopilotData = CopilotEvent['data'];

/** Events that say nothing more than that it lives; the stream has some of them for each piece of a word. */
export const copilotSignsOfLife: ReadonlySet<string> = new Set([
  'assistant.idle',
  'assistant.intent',
  'assistant.message_delta',
  'assistant.message_start',
  'assistant.reasoning',
  'assistant.reasoning_delta',
  'assistant.streaming_delta',
  'assistant.tool_call_delta',
  'agent.interrupted',
  'assistant.turn_end',
  'assistant.turn_retry',
  'assistant.turn_start',
  'assistant.usage',
  'model.call_final_result',
  'model.call_finished',
  'model.call_start',
  'permission.completed',
  'permission.requested',
  'session.background_tasks_changed',
  'session.info',
  'session.mcp_server_tools_loaded',
  'session.mcp_servers_loaded',
  'session.skills_loaded',
  'session.tools_updated',
  'session.usage_info',
  'tool.execution_partial_result',
  'tool.execution_progress',
  'user.message',
]);

const modelUsage = z.looseObject({
  usage: z.looseObject({
    inputTokens: z.number().default(0),
    outputTokens: z.number().default(0),
    cacheReadTokens: z.number().default(0),
  }),
});
/** What Copilot CLI writes into its usage file. Its cost is in credits of a plan, which are no money. */
export const copilotUsage = z.looseObject({ modelMetrics: z.record(z.string(), modelUsage).default({}) });
