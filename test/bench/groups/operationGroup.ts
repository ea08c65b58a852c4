import path from 'node:path';
import { copyOfDataSet, openBenchStore, removeFolder, todoIdOf } from '../dataSet.ts';
import { yardsticks } from '../engine.ts';
import { executorOver, executorOverNative, type Run } from '../executorOver.ts';
import type { Group } from '../groups.ts';
import { interleaved, median, percentile, timed, timings } from '../measure.ts';
import { ratioRow, shortCount, shortTime, type Row } from '../row.ts';
import { sizes } from '../sizes.ts';

const scattered = (i: number, size: number) => todoIdOf(1 + ((i * 7919) % size));

const change = (run: Run, i: number, size: number) =>
  run('todo.update', { todo: scattered(i, size), description: `Changed ${i} times.` });

/** One operation with everything around it: parsing, row, what changed, trail, commit. */
async function againstNative(size: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const yardstick of yardsticks()) {
    if ('missing' in yardstick) continue;
    const [ourCopy, theirCopy] = [await copyOfDataSet(size), await copyOfDataSet(size)];
    const store = await openBenchStore(ourCopy);
    const native = yardstick.open(path.join(theirCopy, 'sloop.db'));
    const twenty = (run: Run) => async (round: number) => {
      for (let i = round * 20; i < (round + 1) * 20; i++) await change(run, i, size);
    };
    const ratio = await interleaved(
      60,
      twenty(executorOver(store)),
      twenty(executorOverNative(native, yardstick)),
    );
    const what = `todo.update at ${shortCount(size)} / on ${yardstick.name}`;
    rows.push(ratioRow(what, ratio, { per: 20, bar: 1.5 }));
    native.close();
    await store.close();
    removeFolder(ourCopy);
    removeFolder(theirCopy);
  }
  return rows;
}

/** Small and large store in turns, so that the disk's mood falls on both. */
async function flatness(small: number, large: number): Promise<Row> {
  const copies = [await copyOfDataSet(small), await copyOfDataSet(large)] as const;
  const stores = [await openBenchStore(copies[0]), await openBenchStore(copies[1])] as const;
  const [onSmall, onLarge] = [executorOver(stores[0]), executorOver(stores[1])];
  const taken: { small: number[]; large: number[] } = { small: [], large: [] };
  for (let i = 0; i < 1500; i++) {
    taken.small.push(await timed(() => change(onSmall, i, small)));
    taken.large.push(await timed(() => change(onLarge, i, large)));
  }
  for (const store of stores) await store.close();
  copies.forEach(removeFolder);
  return {
    what: `commit p50 at ${shortCount(large)} over ${shortCount(small)}`,
    measured: median(taken.large) / median(taken.small),
    unit: '×',
    bar: 1.3,
    note: `${shortTime(median(taken.large))} over ${shortTime(median(taken.small))}; p99 ${shortTime(percentile(taken.large, 0.99))} and ${shortTime(percentile(taken.small, 0.99))}`,
  };
}

/** 64 callers, each waiting for its own commit before the next, against one caller. */
async function throughput(size: number): Promise<Row[]> {
  const copy = await copyOfDataSet(size);
  const store = await openBenchStore(copy);
  const run = executorOver(store);
  const perSecond = async (writers: number, each: number) => {
    const taken = await timings(5, (round) =>
      Promise.all(
        Array.from({ length: writers }, async (_, writer) => {
          for (let i = 0; i < each; i++) await change(run, (round * writers + writer) * each + i, size);
        }),
      ),
    );
    return (writers * each * 1000) / median(taken);
  };
  const alone = await perSecond(1, 300);
  const together = await perSecond(64, 20);
  await store.close();
  removeFolder(copy);
  return [
    { what: 'durable operations, 1 writer', measured: alone, unit: '/s' },
    {
      what: 'durable operations, 64 waiting writers',
      measured: together,
      unit: '/s',
      note: `${(together / alone).toFixed(1)} times one writer; they share an fsync`,
    },
  ];
}

export const operationGroup: Group = {
  name: 'operations',
  about: 'whole operations with their trail, on our store and on native SQLite',
  run: async () => {
    const rows: Row[] = [];
    const measured = sizes();
    for (const size of measured) rows.push(...(await againstNative(size)));
    const [small, large] = [Math.min(...measured), Math.max(...measured)];
    if (small !== large) rows.push(await flatness(small, large));
    rows.push(...(await throughput(small)));
    return rows;
  },
};
