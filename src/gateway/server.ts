import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Result } from '../base/result.ts';
import type { Logger } from '../base/logger.ts';
import type { Authenticate, Identity } from './authenticate.ts';
import { credentialsRate } from './credentials.ts';
import { asFault } from './faults.ts';
import { checkAddressing, type TurnedAway } from './guard.ts';
import type { McpRoute } from './mcp/mcpServer.ts';
import type { Rate, RateLimit } from './rateLimit.ts';
import { readBody } from './readBody.ts';
import type { GatewayRouter, RequestContext } from './router.ts';
import { bearerToken, tokenHash } from './tokens.ts';
import {
  credentialsPath,
  healthPath,
  mcpPath,
  requestIdHeader,
  surfaceHeader,
  windowHeader,
} from './wire.ts';

export interface ServerParts {
  readonly authenticate: Authenticate;
  readonly router: GatewayRouter;
  readonly mcp: McpRoute;
  readonly credentials: (
    identity: Identity,
    body: string,
  ) => Promise<Result<Readonly<Record<string, string>>>>;
  readonly limit: RateLimit;
  readonly rateOf: (identity: Identity | null) => Rate;
  readonly version: string;
  readonly logger: Logger;
}

export interface GatewayServer {
  readonly url: string;
  /** Stops accepting, ends streams and waits, lets short calls finish, then cuts what is left. */
  close(): Promise<void>;
}

const trpcPrefix = '/trpc/';
/** Ordinary calls end in milliseconds; what is not done by then is cut when the host closes. */
const closingGraceMs = 2000;

/** The one HTTP server of a host: loopback, random port. */
export async function startServer(parts: ServerParts): Promise<GatewayServer> {
  const closing = new AbortController();
  const server = createServer((request, response) => {
    handle(parts, server, closing.signal, request, response).catch((error: unknown) => {
      const fault = asFault(parts.logger, `${request.method} ${request.url}`, error);
      if (response.headersSent) response.destroy();
      else answer(response, 500, { error: { message: fault.message, data: { reference: fault.reference } } });
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    async close() {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      closing.abort();
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), closingGraceMs);
      await ended;
      clearTimeout(cut);
    },
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function handle(
  parts: ServerParts,
  server: Server,
  closing: AbortSignal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const stranger = checkAddressing(request, portOf(server));
  if (stranger !== null) return turnAway(response, stranger);
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname === healthPath) return answer(response, 200, { name: 'sloop', version: parts.version });

  const identity = identify(parts, request, response);
  if (identity === null) return;
  const body = await readBody(request);
  if (!body.ok) return turnAway(response, body.why);
  const context: RequestContext = {
    identity,
    requestId: requestIdOf(request),
    signal: AbortSignal.any([closing, closedSignal(response)]),
  };
  if (pathname === credentialsPath) return serveCredentials(parts, request, response, identity, body.text);
  if (pathname === mcpPath) return serveMcp(parts, request, response, body.text, context);
  if (!pathname.startsWith(trpcPrefix))
    return turnAway(response, { status: 404, message: 'There is nothing here.' });
  await nodeHTTPRequestHandler({
    router: parts.router,
    req: Object.assign(request, { body: body.text }),
    res: response,
    path: pathname.slice(trpcPrefix.length),
    createContext: () => context,
  });
}

async function serveCredentials(
  { credentials, limit }: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  identity: Identity,
  text: string,
): Promise<void> {
  if (request.method !== 'POST')
    return turnAway(
      response,
      { status: 405, message: 'Credentials are asked for by POST.' },
      { allow: 'POST' },
    );
  const waitMs = limit.take('credentials', credentialsRate);
  if (waitMs > 0) return slowDown(response, waitMs);
  answer(response, 200, await credentials(identity, text), { 'cache-control': 'no-store' });
}

async function serveMcp(
  { mcp }: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  context: RequestContext,
): Promise<void> {
  // A stateless server has no stream of its own to offer and no session to end.
  if (request.method !== 'POST')
    return turnAway(response, { status: 405, message: 'MCP is served by POST here.' }, { allow: 'POST' });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return turnAway(response, { status: 400, message: 'The body is no JSON.' });
  }
  await mcp(request, response, parsed, { ...context, identity: { ...context.identity, surface: 'mcp' } });
}

/** Who calls, or null when the request was turned away: no or wrong token, or too many calls. */
function identify(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Identity | null {
  const token = bearerToken(request.headers.authorization);
  const found =
    token === undefined
      ? undefined
      : parts.authenticate(token, {
          surface: one(request.headers[surfaceHeader]),
          window: one(request.headers[windowHeader]),
        });
  const identity = found?.ok === true ? found.value : null;
  const key = identity === null || token === undefined ? 'unknown' : tokenHash(token);
  const waitMs = parts.limit.take(key, parts.rateOf(identity));
  if (waitMs > 0) {
    slowDown(response, waitMs);
    return null;
  }
  if (identity !== null) return identity;
  const message = found === undefined || found.ok ? 'A bearer token is needed here.' : found.refusal.message;
  turnAway(response, { status: 401, message }, { 'www-authenticate': 'Bearer' });
  return null;
}

const slowDown = (response: ServerResponse, waitMs: number): void =>
  turnAway(
    response,
    { status: 429, message: `Too many calls; try again in ${waitMs} ms.` },
    { 'retry-after': String(Math.ceil(waitMs / 1000)) },
  );

function requestIdOf(request: IncomingMessage): string | undefined {
  const given = request.headers[requestIdHeader];
  return typeof given === 'string' && /^[\w-]{8,100}$/.test(given) ? given : undefined;
}

function closedSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function turnAway(response: ServerResponse, why: TurnedAway, headers: Record<string, string> = {}): void {
  // What is left of the request's body will not be read, so the connection cannot be used again.
  answer(response, why.status, { error: { message: why.message } }, { ...headers, connection: 'close' });
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** A header that came once. */
const one = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;
