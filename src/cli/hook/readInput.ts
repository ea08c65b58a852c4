import { once } from 'node:events';

/** Tool answers can be long; what is beyond this is no hook call that we read. */
const most = 16_000_000;

/** All of a stream as text. Rejects at the signal, and where it is too much. */
export async function readInput(input: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  input.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= most) parts.push(part);
  });
  try {
    await once(input, 'end', { signal });
  } finally {
    // One that its writer never closes must not keep this process.
    input.destroy();
  }
  if (size > most) throw new Error(`The hook call has more than ${most} bytes.`);
  return Buffer.concat(parts).toString('utf8');
}
