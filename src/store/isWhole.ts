import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** From source the worker is TypeScript beside this file; bundled it is a bundle of our own kind beside ours. */
const workerFile = new URL(`./integrityWorker${path.extname(import.meta.url)}`, import.meta.url);

/**
 * Whether a database file that nobody has open passes SQLite's `integrity_check`. In a thread of its own: at a
 * million todos it takes many seconds, and the host must answer meanwhile.
 */
export async function isWhole(file: string): Promise<boolean> {
  const worker = new Worker(workerFile, { workerData: file });
  try {
    const [result] = (await once(worker, 'message')) as [string];
    return result === 'ok';
  } finally {
    await worker.terminate();
  }
}
