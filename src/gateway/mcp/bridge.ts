import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  McpError,
  type CallToolResult,
  type ListToolsResult,
} from '@modelcontextprotocol/sdk/types.js';
import { randomUUID } from 'node:crypto';
import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayAddress } from '../gatewayFile.ts';
import { HostAway } from '../client/hostLink.ts';
import { postJson } from '../client/postJson.ts';
import { longestWaitSeconds, mcpPath, requestIdHeader } from '../wire.ts';
import { mcpInstructions } from './instructions.ts';

export interface BridgeParts {
  /** Looks for the present owner; asked again whenever a call finds nobody. */
  readonly locate: () => GatewayAddress | undefined;
  /** The agent's token; without it the owner's file says the person's. */
  readonly token: string | undefined;
  readonly version: string;
  /** How long a call looks for an owner. */
  readonly patienceMs: number;
  /** Kept between calls: a busy agent makes several a second. */
  readonly connections: Agent;
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

const answerTimeoutMs = (longestWaitSeconds + 15) * 1000;
const pauseMs = 100;

/**
 * Serves MCP on stdio and hands each request to whoever owns the store now. It keeps nothing but a request id per
 * call: when the owner goes in the middle, the same call goes to the next one, which runs it once all the same.
 * Resolves when the client closes its end.
 */
export async function runBridge(parts: BridgeParts): Promise<void> {
  const server = new Server(
    { name: 'sloop', version: parts.version },
    { capabilities: { tools: {} }, instructions: mcpInstructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, ({ params }, { signal }) =>
    forward<ListToolsResult>(parts, 'tools/list', params ?? {}, signal),
  );
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }): Promise<CallToolResult> => {
    try {
      return await forward<CallToolResult>(parts, 'tools/call', params, signal);
    } catch (error) {
      if (!(error instanceof HostAway)) throw error;
      return awayAnswer(parts, error);
    }
  });
  const transport = new StdioServerTransport(parts.input as never, parts.output as never);
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
    // The SDK's transport does not take the end of its input for an end.
    parts.input.once('end', () => void server.close());
  });
  await server.connect(transport);
  await closed;
}

function awayAnswer({ patienceMs }: BridgeParts, away: HostAway): CallToolResult {
  const next = away.sent
    ? 'It may have been done: look before you repeat it.'
    : 'Wait a minute and call again; go on with work that needs no Sloop meanwhile.';
  const text = `No Sloop host answered within ${Math.round(patienceMs / 1000)} s.\nNext: ${next}`;
  return { content: [{ type: 'text', text }], isError: true };
}

/** One request to the present owner, and again to the next one as long as nobody answers. */
async function forward<T>(
  parts: BridgeParts,
  method: string,
  params: object,
  signal: AbortSignal,
): Promise<T> {
  const requestId = randomUUID();
  let awaySince: number | undefined;
  for (;;) {
    try {
      return await attempt<T>(parts, { jsonrpc: '2.0', id: 1, method, params }, requestId, signal);
    } catch (error) {
      if (!(error instanceof HostAway) || signal.aborted) throw error;
      awaySince ??= Date.now();
      if (Date.now() - awaySince >= parts.patienceMs) throw error;
      await sleep(pauseMs);
    }
  }
}

interface JsonRpcAnswer {
  readonly result?: unknown;
  readonly error?: { readonly code?: number; readonly message: string };
}

async function attempt<T>(
  { locate, token, connections }: BridgeParts,
  request: object,
  requestId: string,
  signal: AbortSignal,
): Promise<T> {
  const address = locate();
  if (address === undefined) throw new HostAway('No host owns this workspace now.', { sent: false });
  const { status, body, retryAfterMs } = await postJson(`${address.url}${mcpPath}`, request, {
    headers: {
      authorization: `Bearer ${token ?? address.token}`,
      accept: 'application/json, text/event-stream',
      [requestIdHeader]: requestId,
    },
    timeoutMs: answerTimeoutMs,
    signal,
    connections,
  });
  if (status === 429) {
    await sleep(retryAfterMs ?? 1000);
    throw new HostAway('The host takes no more calls now.', { sent: false });
  }
  if (status === 401 && token === undefined && locate()?.token !== address.token)
    throw new HostAway('The owner has just changed.', { sent: false });
  const answer = JSON.parse(body) as JsonRpcAnswer;
  if (answer.result !== undefined) return answer.result as T;
  throw new McpError(
    answer.error?.code ?? -32000,
    answer.error?.message ?? `The host answered HTTP ${status}.`,
  );
}
