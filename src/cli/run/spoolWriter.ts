import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { SpooledCall } from '../../engine/spool.ts';

/** Adds calls that could not be delivered to a spool; they are on disk when this resolves. */
export async function appendToSpool(file: string, calls: readonly SpooledCall[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(calls.map((call) => `${JSON.stringify(call)}\n`).join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const removeSpool = (file: string): Promise<void> => rm(file, { force: true });
