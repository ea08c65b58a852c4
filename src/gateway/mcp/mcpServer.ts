import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { RequestContext } from '../router.ts';
import { WaitAbandoned } from '../waiting.ts';
import { callTool, faultAnswer, type ToolAnswer, type ToolCallParts } from './callTool.ts';
import { mcpInstructions } from './instructions.ts';
import { toolsFor } from './toolList.ts';

/** One MCP server for one request of one caller: nothing is kept between requests, so a host may come and go. */
function createMcpServer(
  parts: ToolCallParts,
  version: string,
  context: RequestContext,
  abandon: () => void,
): Server {
  const server = new Server(
    { name: 'sloop', version },
    { capabilities: { tools: {} }, instructions: mcpInstructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: toolsFor(parts, context.identity.caller).map((tool) => ({ ...tool })),
  }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
    callSafely(parts, context, params.name, params.arguments ?? {}, abandon),
  );
  return server;
}

async function callSafely(
  parts: ToolCallParts,
  context: RequestContext,
  name: string,
  given: Readonly<Record<string, unknown>>,
  abandon: () => void,
): Promise<ToolAnswer> {
  try {
    return await callTool(parts, context, name, given);
  } catch (error) {
    // A wait that this host cannot finish must not look like an answer: a broken connection makes the bridge
    // ask the next owner.
    if (error instanceof WaitAbandoned) abandon();
    return faultAnswer(parts.logger, name, error);
  }
}

async function answerCall(
  parts: ToolCallParts,
  context: RequestContext,
  { jsonrpc, id, params }: z.output<typeof toolRequest>,
  response: ServerResponse,
): Promise<void> {
  const abandon = () => response.destroy();
  const result = await callSafely(parts, context, params.name, params.arguments, abandon);
  if (response.destroyed) return;
  const text = JSON.stringify({ jsonrpc, id, result });
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

export type McpRoute = (
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
  context: RequestContext,
) => Promise<void>;

const toolRequest = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]),
  method: z.literal('tools/call'),
  params: z.object({
    name: z.string(),
    arguments: z.record(z.string(), z.unknown()).default({}),
  }),
});

/** MCP over stateless Streamable HTTP with plain JSON answers. */
export function createMcpRoute(parts: ToolCallParts, version: string): McpRoute {
  return async (request, response, body, context) => {
    // Nearly all there is: a server of the SDK's own for each of them would cost ten times the call itself.
    const call = toolRequest.safeParse(body);
    if (call.success) return answerCall(parts, context, call.data, response);
    const server = createMcpServer(parts, version, context, () => response.destroy());
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response, body);
  };
}
