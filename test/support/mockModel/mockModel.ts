import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicMessages } from './anthropicMessages.ts';
import { geminiContents } from './geminiContents.ts';
import { openaiChat } from './openaiChat.ts';
import { openaiResponses } from './openaiResponses.ts';
import { playStep } from './playStep.ts';
import { chooseScript, chooseStep, type Script, type Step } from './script.ts';
import type { ModelRequest, ServerEvent, Wire } from './wire.ts';

/** One request that the model was asked, and what it did. */
export interface Asked {
  readonly wire: string;
  /** The script that was played; undefined for a side call (a title, a summary), which offers no tools. */
  readonly script: string | undefined;
  readonly request: ModelRequest;
  readonly step: Step;
  /** The whole request, as it came. */
  readonly raw: unknown;
  /** The key or token that it was asked with. */
  readonly credential: string | undefined;
}

/** A scripted model on the loopback interface, for real agent CLIs to talk to. */
export interface MockModel {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string;
  /** Everything that was asked so far, oldest first. */
  readonly asked: readonly Asked[];
  /** Requests that no wire knows or could read. */
  readonly strays: readonly string[];
  close(): Promise<void>;
}

const wires: readonly Wire[] = [anthropicMessages, openaiResponses, openaiChat, geminiContents];

/** Starts the model on a free port. The caller closes it. */
export async function startMockModel(scripts: readonly Script[]): Promise<MockModel> {
  const asked: Asked[] = [];
  const strays: string[] = [];
  const server = http.createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      // A request that no longer fits its wire is a finding about the CLI: say it to both sides.
      strays.push(`${request.method} ${request.url}: ${String(error)}`);
      sendJson(response, 400, { error: { type: 'invalid_request_error', message: String(error) } });
    });
  });

  async function route(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const raw = await readBody(request);
    const path = (request.url ?? '').split('?')[0] ?? '';
    const wire = wires.find((candidate) => candidate.path.test(path));
    if (request.method === 'POST' && wire !== undefined)
      return reply(wire, raw, path, response, credentialOf(request));
    // Claude Code looks in this way whether somebody is there.
    if (request.method === 'HEAD') return void response.writeHead(200).end();
    if (path.endsWith('/count_tokens')) return sendJson(response, 200, { input_tokens: 100 });
    strays.push(`${request.method} ${path}`);
    sendJson(response, 404, { error: { type: 'not_found_error', message: path } });
  }

  function reply(
    wire: Wire,
    raw: unknown,
    path: string,
    response: http.ServerResponse,
    credential: string | undefined,
  ): void {
    const request = wire.read(raw, path);
    const { step, script } = stepFor(scripts, request, credential);
    asked.push({ wire: wire.name, script, request, step, raw, credential });
    if ('silence' in step) return;
    if ('error' in step) {
      sendJson(response, step.error.status, wire.error(step.error), step.error.headers);
      return;
    }
    const id = String(asked.length).padStart(6, '0');
    const answer = wire.answer(playStep(step, request), request, id);
    if (request.stream) sendEvents(response, answer.events);
    else sendJson(response, 200, answer.document);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, strays, close: () => closeServer(server) };
}

function stepFor(
  scripts: readonly Script[],
  request: ModelRequest,
  credential: string | undefined,
): { step: Step; script: string | undefined } {
  const script = chooseScript(scripts, request.opening, credential);
  if (script === undefined) {
    const names = scripts.map(({ name }) => name).join(', ');
    return { script: undefined, step: { text: `SCRIPT: none of ${names} fits this request.` } };
  }
  const step = chooseStep(script, request.results.length);
  const isOutage = 'error' in step || 'silence' in step;
  // Without tools it is a side call of the CLI (title, summary): it must not use up a step.
  if (request.tools.length === 0 && !isOutage) return { script: undefined, step: { text: 'scripted' } };
  return { script: script.name, step };
}

/** As the vendors take it: a key of its own header, or a bearer token. */
function credentialOf({ headers }: http.IncomingMessage): string | undefined {
  const key =
    headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers.authorization?.replace(/^Bearer /, '');
  return typeof key === 'string' ? key : undefined;
}

async function readBody(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sendJson(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function sendEvents(response: http.ServerResponse, events: readonly ServerEvent[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for (const { event, data } of events) {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`);
  }
  response.end();
}

function closeServer(server: http.Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    // A silent step leaves its connection open, and keep-alive leaves others.
    server.closeAllConnections();
  });
}
