import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { openDatabase, type Database } from '../../../src/store/sqlite/database.ts';
import { StorageFault } from '../../../src/store/storageFault.ts';
import { requireSqlite } from '../../support/requireSqlite.ts';
import { changesIn, entriesSchema, examineEntries, makeChange } from './entries.ts';
import { FailingFiles, type FailingCall } from './failingFiles.ts';
import { copyDatabase } from './independentSqlite.ts';

let folder: string;
let count = 0;

interface World {
  readonly db: Database;
  readonly disk: FailingFiles;
  readonly file: string;
}

describe('a disk with errors', () => {
  before(() => {
    requireSqlite();
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-errors-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const atCommit: Readonly<Record<string, readonly FailingCall[]>> = {
    'at writing the log': ['writeSync'],
    'at syncing the log': ['fdatasyncSync'],
    'at syncing the log and at cutting it off': ['fdatasyncSync', 'ftruncateSync'],
    'at syncing the log in every way': ['fdatasyncSync', 'fsyncSync'],
    'at everything but reading': ['writeSync', 'fdatasyncSync', 'fsyncSync', 'ftruncateSync'],
    'at everything': ['readSync', 'writeSync', 'fdatasyncSync', 'fsyncSync', 'ftruncateSync'],
  };
  for (const [where, calls] of Object.entries(atCommit)) {
    it(`${where}: refuses commits until it is well; none of them comes back, none before is lost`, async () => {
      const { db, disk, file } = await aWorld();
      for (const attempt of [1, 2, 3]) {
        disk.fail(calls, '-wal');
        refused(file, () => db.transaction(() => makeChange(db, 31)));
        assert.ok(disk.failures > 0, `attempt ${attempt} met no error`);
      }
      disk.heal();
      assert.equal(changesIn(db), 30);
      await judge(file, 30);
      await goesOn(db, file, 31);
    });
  }

  it('at syncing the database file in a checkpoint: the commit holds and the checkpoint is made up for', async () => {
    const { db, disk, file } = await aWorld();
    db.exec('PRAGMA wal_autocheckpoint=1');
    disk.fail(['fdatasyncSync'], '.db');
    db.transaction(() => makeChange(db, 31));
    assert.ok(disk.failures > 0, 'no checkpoint was tried');
    assert.equal(db.checkpoint(), false);
    assert.equal(changesIn(db), 31);
    await judge(file, 31);
    disk.heal();
    assert.equal(db.checkpoint(), true);
    await goesOn(db, file, 32);
  });

  it('at reading: refuses what it cannot read, also inside a transaction, and reads again when it is well', async () => {
    const { db, disk, file } = await aWorld();
    const sum = () => db.get('SELECT sum(length(body)) AS total FROM entry')?.['total'];
    const total = sum();
    db.checkpoint();
    db.reopen();
    disk.fail(['readSync'], '.db');
    refused(file, sum);
    refused(file, () =>
      db.transaction(() => {
        makeChange(db, 31);
        sum();
      }),
    );
    assert.ok(disk.failures > 0);
    disk.heal();
    assert.equal(sum(), total);
    await judge(file, 30);
    await goesOn(db, file, 31);
  });
});

/** A database with 30 acknowledged changes, some of them in the log alone. */
async function aWorld(): Promise<World> {
  const file = path.join(folder, `errors${(count += 1)}.db`);
  const disk = new FailingFiles();
  const db = await openDatabase(file, { fs: disk.fs, cacheKiB: 16 });
  db.exec(`BEGIN; ${entriesSchema}; COMMIT`);
  for (let change = 1; change <= 30; change++) {
    db.transaction(() => makeChange(db, change));
    if (change === 20) assert.ok(db.checkpoint());
  }
  return { db, disk, file };
}

function refused(file: string, work: () => unknown): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof StorageFault, String(error));
    assert.equal(error.refusal.code, 'unavailable');
    assert.match(error.refusal.message, /^\S+ could not be read or written: EIO: i\/o error, \w+\. /);
    assert.ok(error.refusal.message.startsWith(file));
    assert.match(error.refusal.next, /^Check the disk that holds /);
    return true;
  });
}

/** What a crash now would leave must hold exactly so many changes. */
async function judge(file: string, changes: number): Promise<void> {
  const copy = copyDatabase(file, `${file}.copy${(count += 1)}`);
  assert.deepEqual(await examineEntries([copy]), [{ changes, wrong: undefined }]);
}

/** Commits 20 more changes, `next` the first; they must outlive a crash and a clean close. */
async function goesOn(db: Database, file: string, next: number): Promise<void> {
  for (let change = next; change < next + 20; change++) db.transaction(() => makeChange(db, change));
  await judge(file, next + 19);
  db.close();
  assert.deepEqual(await examineEntries([file]), [{ changes: next + 19, wrong: undefined }]);
}
