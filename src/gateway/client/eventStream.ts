import { request, type IncomingMessage } from 'node:http';

export interface StreamEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: string;
}

export interface StreamOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Nothing at all for this long (the server pings oftener) means that it is gone. */
  readonly silenceMs: number;
}

/** The host answered, and with something else than a stream. */
export class StreamRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The host answered with HTTP ${status}.`);
    this.name = 'StreamRefused';
    this.status = status;
  }
}

/** Reads server-sent events over node:http until the stream ends. Rejects when it breaks off. */
export async function* eventStream(url: string, options: StreamOptions): AsyncGenerator<StreamEvent> {
  const response = await open(url, options);
  if (response.statusCode !== 200) {
    response.resume();
    throw new StreamRefused(response.statusCode ?? 0);
  }
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of response as AsyncIterable<string>) {
    const blocks = (rest + chunk).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event !== null) yield event;
    }
  }
}

function open(url: string, { headers, signal, silenceMs }: StreamOptions) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(url, {
      headers: { ...headers, accept: 'text/event-stream' },
      agent: false,
      signal,
      timeout: silenceMs,
    });
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`nothing came in ${silenceMs} ms`)));
    outgoing.end();
  });
}

/** One block of `field: value` lines; comments and empty blocks are nothing. */
function parseBlock(block: string): StreamEvent | null {
  const fields = { event: 'message', id: null as string | null, data: [] as string[] };
  for (const line of block.split(/\r?\n/)) {
    const [, name, value = ''] = /^([^:]+):? ?(.*)$/.exec(line) ?? [];
    if (name === 'event') fields.event = value;
    if (name === 'id') fields.id = value;
    if (name === 'data') fields.data.push(value);
  }
  return fields.data.length === 0 && fields.id === null ? null : { ...fields, data: fields.data.join('\n') };
}
