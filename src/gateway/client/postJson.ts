import { request, type Agent, type IncomingMessage } from 'node:http';
import { HostAway } from './hostLink.ts';

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /**
   * Keeps connections for further calls. One may be closed by a host that goes just when it is used again, so only
   * for callers that repeat a call under the same request id. Without it each call has a connection of its own.
   */
  readonly connections?: Agent;
}

export interface Posted {
  readonly status: number;
  readonly body: string;
  readonly retryAfterMs: number | null;
}

/** One POST over plain node:http: `fetch` would cost the CLI most of its time budget. */
export function postJson(url: string, body: unknown, options: PostOptions): Promise<Posted> {
  const payload = Buffer.from(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    let connected = false;
    const away = (cause: Error) =>
      reject(new HostAway(`No answer from ${url}: ${cause.message}.`, { sent: connected, cause }));
    const outgoing = request(url, {
      method: 'POST',
      headers: {
        ...options.headers,
        'content-type': 'application/json',
        'content-length': payload.length,
      },
      agent: options.connections ?? false,
      timeout: options.timeoutMs,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => (connected = true));
      else connected = true;
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`nothing came in ${options.timeoutMs} ms`)));
    outgoing.on('error', away);
    outgoing.on('response', (response) => {
      collect(response).then(
        (text) =>
          resolve({ status: response.statusCode ?? 0, body: text, retryAfterMs: retryAfter(response) }),
        away,
      );
    });
    outgoing.end(payload);
  });
}

function collect(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    response.on('error', reject);
    response.on('close', () => {
      if (!response.complete) reject(new Error('the answer broke off'));
    });
  });
}

function retryAfter(response: IncomingMessage): number | null {
  const seconds = Number(response.headers['retry-after']);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
