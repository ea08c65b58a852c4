import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Asked } from '../storeWorker.ts';
import { benchFolder, copyOfDataSet, removeFolder } from '../dataSet.ts';
import type { Group } from '../groups.ts';
import { timed } from '../measure.ts';
import { shortCount, undisturbed, type Row } from '../row.ts';
import { sizes } from '../sizes.ts';

const code = (name: string) => path.join(benchFolder, 'code', name);

/** A thread with the store open in it. */
export async function startStoreWorker(dir: string, size: number): Promise<Worker> {
  const worker = new Worker(code('storeWorker.cjs'), { workerData: { dir, size } });
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  // Whoever waits for an answer would wait for ever.
  worker.on('error', (error) => {
    throw error;
  });
  return worker;
}

export async function stopStoreWorker(worker: Worker): Promise<void> {
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.postMessage({ kind: 'close' } satisfies Asked);
  await ended;
}

async function opening(size: number): Promise<Row> {
  const copy = await copyOfDataSet(size);
  const taken: number[] = [];
  for (let round = 0; round < 12; round++) {
    const started: Worker[] = [];
    const ms = await timed(async () => started.push(await startStoreWorker(copy, size)));
    // The first one reads the file from the disk.
    if (round > 0) taken.push(ms);
    for (const worker of started) await stopStoreWorker(worker);
  }
  removeFolder(copy);
  return {
    what: `worker ready: spawn, WASM, open, at ${shortCount(size)}`,
    ...undisturbed(taken),
    bar: 200,
  };
}

async function memory(size: number): Promise<Row> {
  const copy = await copyOfDataSet(size);
  const megabytes = (bytes: number) => bytes / 1024 / 1024;
  const bare = Number(
    execFileSync(process.execPath, ['-p', 'process.memoryUsage.rss()'], { encoding: 'utf8' }),
  );
  const child = execFileSync(process.execPath, [code('memoryChild.mjs'), copy, String(size)], {
    encoding: 'utf8',
  });
  const { opened, worked } = JSON.parse(child) as { opened: number; worked: number };
  removeFolder(copy);
  return {
    what: `memory over bare node after work, at ${shortCount(size)}`,
    measured: megabytes(worked - bare),
    unit: 'MB',
    note: `${megabytes(opened - bare).toFixed(0)} MB when just opened; bare node ${megabytes(bare).toFixed(0)} MB`,
  };
}

export const openingGroup: Group = {
  name: 'opening',
  about: 'from nothing to an open store in a worker thread, and what it keeps in memory',
  run: async () => {
    const rows: Row[] = [];
    for (const size of sizes()) rows.push(await opening(size));
    for (const size of sizes()) rows.push(await memory(size));
    return rows;
  },
};
