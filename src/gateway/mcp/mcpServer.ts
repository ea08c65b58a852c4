import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestContext } from '../router.ts';
import { WaitAbandoned } from '../waiting.ts';
import { callTool, faultAnswer, type ToolCallParts } from './callTool.ts';
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
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    try {
      return await callTool(parts, context, params.name, params.arguments ?? {});
    } catch (error) {
      // A wait that this host cannot finish must not look like an answer: a broken connection makes the bridge
      // ask the next owner.
      if (error instanceof WaitAbandoned) abandon();
      return faultAnswer(parts.logger, params.name, error);
    }
  });
  return server;
}

export type McpRoute = (
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
  context: RequestContext,
) => Promise<void>;

/** MCP over stateless Streamable HTTP with plain JSON answers. */
export function createMcpRoute(parts: ToolCallParts, version: string): McpRoute {
  return async (request, response, body, context) => {
    const server = createMcpServer(parts, version, context, () => response.destroy());
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response, body);
  };
}
