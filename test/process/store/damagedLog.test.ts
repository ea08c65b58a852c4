import assert from 'node:assert/strict';
import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { openDatabase } from '../../../src/store/sqlite/database.ts';
import { requireSqlite } from '../../support/requireSqlite.ts';
import { changesIn, entriesSchema, examineEntries, makeChange } from './entries.ts';
import { sqlite } from './independentSqlite.ts';
import { inLanes } from './lanes.ts';
import { commitEnds } from './walFile.ts';

/** How many cases one `sqlite3` looks at, and how many of them run side by side. */
const batchSize = 250;
const lanes = 2;

/** A database and its log, as they lie on the disk at one moment. */
interface Snapshot {
  readonly main: Buffer;
  readonly wal: Buffer;
  /** How many changes the database file alone holds. */
  readonly checkpointed: number;
  readonly ends: readonly number[];
}

interface Case {
  readonly what: string;
  readonly wal: Buffer;
  /** How many changes must be found. */
  readonly changes: number;
}

let folder: string;

describe('a damaged write-ahead log', function () {
  this.timeout(180_000);

  before(() => {
    requireSqlite();
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-damaged-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('cut or damaged at every byte of its last two commits, opens with the commits before it', async () => {
    const snapshot = await written('fresh.db', { before: 0, after: 12 });
    const judged = await judge(snapshot, 1);
    assert.ok(judged > 20_000, `only ${judged} cases`);
  });

  it('the same every 11th byte where an older round of the log lies behind the damage', async () => {
    const snapshot = await written('reused.db', { before: 40, after: 9 });
    const end = snapshot.ends.at(-1);
    assert.ok(end !== undefined && end < snapshot.wal.length, 'nothing of the older round is left');
    await judge(snapshot, 11);
  });

  it('the store itself recovers the same from it and goes on', async () => {
    const snapshot = await written('own.db', { before: 0, after: 12 });
    const file = path.join(folder, 'recovered.db');
    for (const { what, wal, changes } of allCases(snapshot, 397)) {
      writeFileSync(file, snapshot.main);
      writeFileSync(`${file}-wal`, wal);
      const db = await openDatabase(file);
      assert.equal(changesIn(db), changes, what);
      assert.equal(db.get('PRAGMA integrity_check')?.['integrity_check'], 'ok', what);
      db.transaction(() => makeChange(db, changes + 1));
      db.close();
      const db2 = await openDatabase(file);
      assert.equal(changesIn(db2), changes + 1, `${what}, after one more`);
      db2.close();
    }
  });
});

/** What the store leaves after `before` changes, a checkpoint and `after` more; small pages make it quick to test. */
async function written(name: string, load: { before: number; after: number }): Promise<Snapshot> {
  const file = path.join(folder, name);
  const made = await sqlite([file, 'PRAGMA page_size=1024; VACUUM']);
  assert.equal(made.code, 0, made.err);
  const db = await openDatabase(file);
  db.exec(`BEGIN; ${entriesSchema}; COMMIT`);
  for (let change = 1; change <= load.before; change++) db.transaction(() => makeChange(db, change));
  assert.ok(db.checkpoint());
  for (let change = 1; change <= load.after; change++)
    db.transaction(() => makeChange(db, load.before + change));
  const main = readFileSync(file);
  const wal = readFileSync(`${file}-wal`);
  db.close();
  const ends = commitEnds(wal);
  assert.equal(ends.length, load.after);
  return { main, wal, checkpointed: load.before, ends };
}

/** Where the last two commits begin and where the last one ends. */
function tail({ ends }: Snapshot): { from: number; to: number } {
  const [from, , to] = ends.slice(-3);
  assert.ok(from !== undefined && to !== undefined);
  return { from, to };
}

/** A commit is whole when all of it lies before the first byte that is not as written. */
const changesBefore = ({ checkpointed, ends }: Snapshot, byte: number): number =>
  checkpointed + ends.filter((end) => end <= byte).length;

function* cuts(snapshot: Snapshot, step: number): Generator<Case> {
  const { from, to } = tail(snapshot);
  for (let byte = from; byte <= to; byte += step) {
    const wal = snapshot.wal.subarray(0, byte);
    yield { what: `cut at ${byte}`, wal, changes: changesBefore(snapshot, byte) };
  }
}

/** One bit, all bits, and nothing but zeros from there on. */
const patterns: Readonly<Record<string, (wal: Buffer, byte: number) => void>> = {
  'one bit': (wal, byte) => (wal[byte] = (wal[byte] ?? 0) ^ 1),
  'all bits': (wal, byte) => (wal[byte] = (wal[byte] ?? 0) ^ 0xff),
  'zeros from': (wal, byte) => wal.fill(0, byte),
};

function* damages(snapshot: Snapshot, step: number): Generator<Case> {
  const { from, to } = tail(snapshot);
  for (const [name, damage] of Object.entries(patterns))
    for (let byte = from; byte < to; byte += step) {
      const wal = Buffer.from(snapshot.wal);
      damage(wal, byte);
      // Where zeros stood already, they damage nothing.
      const first = firstDifference(wal, snapshot.wal, byte);
      yield { what: `${name} at ${byte}`, wal, changes: changesBefore(snapshot, first) };
    }
}

function* allCases(snapshot: Snapshot, step: number): Generator<Case> {
  yield* cuts(snapshot, step);
  yield* damages(snapshot, step);
}

function firstDifference(left: Buffer, right: Buffer, from: number): number {
  let byte = from;
  while (byte < right.length && left[byte] === right[byte]) byte++;
  return byte;
}

/** Lets the independent SQLite look at every case; returns how many there were. */
async function judge(snapshot: Snapshot, step: number): Promise<number> {
  const cases = allCases(snapshot, step);
  let judged = 0;
  const work = async () => {
    const lane = mkdtempSync(path.join(folder, 'lane-'));
    const main = path.join(lane, 'main');
    writeFileSync(main, snapshot.main);
    // Nobody writes it, so that one database file does for all.
    const files = Array.from({ length: batchSize }, (_, index) => path.join(lane, `${index}.db`));
    for (const file of files) linkSync(main, file);
    for (let batch = take(cases, batchSize); batch.length > 0; batch = take(cases, batchSize)) {
      judged += batch.length;
      await judgeBatch(batch, files);
    }
  };
  await inLanes(lanes, work);
  return judged;
}

function take(cases: Generator<Case>, count: number): Case[] {
  const taken: Case[] = [];
  while (taken.length < count) {
    const next = cases.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

async function judgeBatch(batch: readonly Case[], files: readonly string[]): Promise<void> {
  const used = files.slice(0, batch.length);
  for (const [index, { wal }] of batch.entries()) writeFileSync(`${files[index]}-wal`, wal);
  const found = await examineEntries(used);
  for (const [index, { what, changes }] of batch.entries()) {
    assert.equal(found[index]?.wrong, undefined, `${what}: damaged or half a commit`);
    assert.equal(found[index]?.changes, changes, `${what}: another commit than the last whole one`);
  }
}
