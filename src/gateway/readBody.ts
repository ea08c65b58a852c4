import type { IncomingMessage } from 'node:http';
import type { TurnedAway } from './guard.ts';
import { largestBody } from './wire.ts';

export type Body =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: TurnedAway };

const tooLarge: Body = {
  ok: false,
  why: { status: 413, message: `A call takes ${largestBody} bytes at most.` },
};

/** The whole body of a request, up to the limit. What is above it is never kept. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) return tooLarge;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) return tooLarge;
    parts.push(part);
  }
  return { ok: true, text: Buffer.concat(parts).toString('utf8') };
}
