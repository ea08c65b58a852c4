import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { openDatabase, type DatabaseOptions } from '../../../src/store/sqlite/database.ts';
import { requireSqlite } from '../../support/requireSqlite.ts';
import { entriesSchema, examineEntries, makeChange } from './entries.ts';
import { PretendedDisk, type Loss } from './pretendedDisk.ts';
import { tracedFiles, type FileEvent } from './tracedFiles.ts';

const losses: readonly Loss[] = ['everything', 'whole calls', 'single sectors', 'single sectors'];
const batchSize = 100;

type TraceEntry = FileEvent | { readonly kind: 'acknowledged'; readonly change: number };

interface Cut {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly acknowledged: number;
  readonly what: string;
}

interface Verdict {
  readonly cuts: number;
  readonly damaged: readonly string[];
  readonly lost: readonly string[];
}

let folder: string;

describe('a power loss', function () {
  this.timeout(120_000);

  before(() => {
    requireSqlite();
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-power-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('at 300 points, each with 4 ways to lose what was not synced, costs no acknowledged commit', async () => {
    const verdict = await cutAtRandom(await recorded('full'), 300);
    assert.ok(verdict.cuts >= 1000);
    assert.deepEqual(verdict.damaged, []);
    assert.deepEqual(verdict.lost, []);
  });

  it('with less than full syncing costs some, which is why the store syncs each commit', async () => {
    const verdict = await cutAtRandom(await recorded('normal'), 40);
    assert.deepEqual(verdict.damaged, []);
    assert.ok(verdict.lost.length > 10, `only ${verdict.lost.length} of ${verdict.cuts} lost anything`);
  });
});

/** All file calls of a load that meets many checkpoints, and a close and opening in its middle. */
async function recorded(synchronous: NonNullable<DatabaseOptions['synchronous']>): Promise<TraceEntry[]> {
  const trace: TraceEntry[] = [];
  const fs = tracedFiles((event) => trace.push(event));
  const file = path.join(folder, `${synchronous}.db`);
  let change = 0;
  for (const upTo of [100, 200]) {
    const db = await openDatabase(file, { fs, synchronous, cacheKiB: 64 });
    db.exec('PRAGMA wal_autocheckpoint=12');
    db.exec(`BEGIN; ${entriesSchema}; COMMIT`);
    // Else the very tables may be lost, and there is nothing to compare.
    if (synchronous === 'normal') db.checkpoint();
    while (change < upTo) {
      change += 1;
      db.transaction(() => makeChange(db, change));
      trace.push({ kind: 'acknowledged', change });
    }
    db.close();
  }
  return trace;
}

async function cutAtRandom(trace: readonly TraceEntry[], points: number): Promise<Verdict> {
  const seed = Math.floor(Math.random() * 2 ** 32);
  const damaged: string[] = [];
  const lost: string[] = [];
  let cuts = 0;
  for (const batch of inBatches(cutsOf(trace, points, randomFrom(seed)))) {
    cuts += batch.length;
    const copies = batch.map(({ files }, index) => restored(files, index));
    for (const [index, { changes, wrong }] of (await examineEntries(copies)).entries()) {
      const { acknowledged, what } = batch[index] as Cut;
      const told = `seed ${seed}, ${what}: ${acknowledged} acknowledged, ${changes} there`;
      if (wrong !== undefined) damaged.push(`${told}: ${wrong}`);
      else if (changes < acknowledged) lost.push(told);
    }
  }
  return { cuts, damaged, lost };
}

/** Plays the trace on a pretended disk and pulls the plug at random points after the first acknowledged commit. */
function* cutsOf(trace: readonly TraceEntry[], points: number, random: () => number): Generator<Cut> {
  const first = trace.findIndex(({ kind }) => kind === 'acknowledged');
  const chosen = new Set<number>();
  while (chosen.size < points) chosen.add(first + 1 + Math.floor(random() * (trace.length - first - 1)));
  const disk = new PretendedDisk();
  let acknowledged = 0;
  for (const [index, entry] of trace.entries()) {
    if (entry.kind === 'acknowledged') acknowledged = entry.change;
    else disk.apply(entry);
    if (!chosen.has(index)) continue;
    for (const loss of losses) {
      const what = `after call ${index} of ${trace.length} (${entry.kind}), losing ${loss}`;
      yield { files: disk.afterPowerLoss(loss, random), acknowledged, what };
    }
  }
}

function* inBatches<T>(items: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** Puts the files of a cut in place; returns the database's path. */
function restored(files: ReadonlyMap<string, Buffer>, index: number): string {
  const copy = path.join(folder, `cut${index}.db`);
  for (const suffix of ['', '-wal', '-journal']) rmSync(copy + suffix, { force: true });
  for (const [name, bytes] of files) writeFileSync(copy + name.slice(name.indexOf('.db') + 3), bytes);
  return copy;
}

/** Numbers that one seed repeats (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
