import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { copyOfDataSet, openBenchStore, removeFolder, todoIdOf } from '../dataSet.ts';
import type { Group } from '../groups.ts';
import { median, percentile, timed } from '../measure.ts';
import { shortCount, shortTime, type Row } from '../row.ts';
import { sizes } from '../sizes.ts';
import type { Asked } from '../storeWorker.ts';
import { startStoreWorker, stopStoreWorker } from './openingGroup.ts';

const watchedMs = 2000;

/** The longest that this thread's event loop stood still while `work` went on elsewhere. */
async function longestStall(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  // A timer of 1 ms fires every millisecond or so on an idle loop; what is above that is a stall.
  const ticking = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  try {
    await work();
  } finally {
    clearInterval(ticking);
  }
  return longest;
}

/** Resolves with the answer that `isLast` is for; all others are taken in and dropped, as a view would. */
function ask<T>(worker: Worker, asked: Asked, isLast: (answer: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const listen = (answer: T) => {
      if (!isLast(answer)) return;
      worker.off('message', listen);
      resolve(answer);
    };
    worker.on('message', listen);
    worker.postMessage(asked);
  });
}

type Done = { readonly times?: number };
const work =
  (kind: 'commits' | 'counts') =>
  (worker: Worker): Promise<unknown> =>
    ask<Done>(worker, { kind, forMs: watchedMs }, ({ times }) => times !== undefined);

/** Pages of 500 whole rows, each asked for when the one before has come. */
async function pages(worker: Worker): Promise<void> {
  type Page = { readonly next: string | null };
  const end = performance.now() + watchedMs;
  for (let after: string | undefined; performance.now() < end;)
    after = (await ask<Page>(worker, { kind: 'page', after }, () => true)).next ?? undefined;
}

async function stalls(size: number): Promise<Row[]> {
  const copy = await copyOfDataSet(size);
  const worker = await startStoreWorker(copy, size);
  const kinds: readonly { what: string; bar: number; go: (worker: Worker) => Promise<unknown> }[] = [
    { what: 'commits', bar: 8, go: work('commits') },
    { what: 'counts', bar: 8, go: work('counts') },
    { what: 'pages of 500', bar: 16, go: pages },
  ];
  const rows: Row[] = [];
  for (const { what, bar, go } of kinds) {
    // The least of five windows: what other programs do to us only ever adds, and our own blocks, checkpoints
    // above all, come several times in each window. The idle ones show how quiet the machine is.
    const [busy, idle]: [number[], number[]] = [[], []];
    for (let round = 0; round < 5; round++) {
      idle.push(await longestStall(() => sleep(watchedMs)));
      busy.push(await longestStall(() => go(worker)));
    }
    rows.push({
      what: `longest stall beside the worker, ${what} at ${shortCount(size)}`,
      measured: Math.min(...busy),
      unit: 'ms',
      bar,
      note: `worst of five windows ${shortTime(Math.max(...busy))}; beside an idle worker ${shortTime(Math.min(...idle))}, worst ${shortTime(Math.max(...idle))}`,
    });
  }
  await stopStoreWorker(worker);
  removeFolder(copy);
  return rows;
}

/** Why there is a worker at all: a commit that checkpoints, in this very thread. */
async function inProcess(size: number): Promise<Row> {
  const copy = await copyOfDataSet(size);
  const store = await openBenchStore(copy);
  const taken: number[] = [];
  for (let i = 0; i < 3000; i++)
    taken.push(
      await timed(() =>
        store.main.transaction(() =>
          store.main.run('UPDATE todo SET description = ? WHERE id = ?', [
            `Changed ${i}`,
            todoIdOf(1 + ((i * 7919) % size)),
          ]),
        ),
      ),
    );
  await store.close();
  removeFolder(copy);
  return {
    what: `longest block of one commit in-process at ${shortCount(size)}`,
    measured: Math.max(...taken),
    unit: 'ms',
    note: `of 3000; p50 ${shortTime(median(taken))}, p99 ${shortTime(percentile(taken, 0.99))}`,
  };
}

export const stallGroup: Group = {
  name: 'stall',
  about: 'how long the event loop of a host thread stands still while the store works in its worker',
  run: async () => {
    const rows: Row[] = [];
    for (const size of sizes().filter((todos) => todos <= 100_000)) {
      rows.push(...(await stalls(size)));
      rows.push(await inProcess(size));
    }
    return rows;
  },
};
