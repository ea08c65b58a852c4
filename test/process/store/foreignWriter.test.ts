import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, unlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { openDatabase } from '../../../src/store/sqlite/database.ts';
import { StorageFault } from '../../../src/store/storageFault.ts';
import { requireSqlite } from '../../support/requireSqlite.ts';
import { bundleCommitLoad, CommitLoad } from './commitLoad.ts';
import { changesIn, entriesSchema, examineEntries, makeChange } from './entries.ts';
import { copyDatabase, sqlite } from './independentSqlite.ts';

const kills = 25;

let folder: string;

describe('a foreign sqlite3 beside the store', function () {
  this.timeout(120_000);

  before(() => {
    requireSqlite();
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-foreign-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('may read what is committed, cannot write, checkpoint or delete the log', async () => {
    const file = path.join(folder, 'beside.db');
    const db = await openDatabase(file);
    db.exec(`BEGIN; ${entriesSchema}; COMMIT`);
    for (let change = 1; change <= 20; change++) db.transaction(() => makeChange(db, change));

    const read = await sqlite([file, 'SELECT changes FROM ledger']);
    assert.deepEqual({ out: read.out, err: read.err }, { out: '20\n', err: '' });
    for (const harm of [
      "INSERT INTO entry VALUES (-1, 'foreign')",
      'DELETE FROM entry',
      'VACUUM',
      'PRAGMA journal_mode=DELETE',
    ]) {
      const { code, err } = await sqlite([file, harm]);
      assert.notEqual(code, 0, `${harm} was possible`);
      assert.match(err, /readonly|locked|unable to open/, harm);
    }
    // A checkpoint that could do nothing is no error to sqlite3; what counts is the log.
    await sqlite([file, 'PRAGMA wal_checkpoint(TRUNCATE)']);
    assert.ok(existsSync(`${file}-wal`));

    db.transaction(() => makeChange(db, 21));
    const [copy] = await examineEntries([copyDatabase(file, path.join(folder, 'beside-copy.db'))]);
    assert.deepEqual(copy, { changes: 21, wrong: undefined });
    db.close();
    const afterwards = await sqlite([file, "INSERT INTO entry VALUES (-2, 'now it may'); SELECT 'done'"]);
    assert.deepEqual([afterwards.out, afterwards.err], ['done\n', ''], 'closed, the file is anybody’s');
  });

  it(`trying to write in a loop, costs nothing acknowledged through ${kills} kills`, async () => {
    const file = path.join(folder, 'hammered.db');
    const bundle = await bundleCommitLoad(folder);
    const foreign = new ForeignWriter(file);
    const copies: string[] = [];
    const acknowledged: number[] = [];
    let next = new CommitLoad(bundle);
    try {
      for (let round = 0; round < kills; round++) {
        const load = next;
        next = new CommitLoad(bundle);
        await load.begin(file, round % 2 === 0 ? 'groups' : 'single');
        await load.committing();
        if (round === 0) foreign.start();
        await sleep(Math.random() * 150);
        await load.kill();
        acknowledged.push(Math.max(load.acknowledged, acknowledged.at(-1) ?? 0));
        // Not while we copy: two files cannot be copied at one moment.
        await foreign.pause();
        copies.push(copyDatabase(file, path.join(folder, `hammered${round}.db`)));
        foreign.start();
      }
    } finally {
      await foreign.pause();
      await next.kill();
    }
    for (const [round, { changes, wrong }] of (await examineEntries(copies)).entries()) {
      assert.equal(wrong, undefined, `round ${round}: ${wrong}`);
      const least = acknowledged[round] ?? 0;
      assert.ok(changes >= least, `round ${round}: ${least} acknowledged, ${changes} there`);
    }
    assert.ok(foreign.reads > kills, `the foreign reader got through ${foreign.reads} times`);
    assert.equal(foreign.writes, 0);
  });

  it('or anyone else deletes the log: the next commit is refused, and the store goes on', async () => {
    const file = path.join(folder, 'deleted.db');
    const db = await openDatabase(file);
    db.exec(`BEGIN; ${entriesSchema}; COMMIT`);
    assert.ok(db.checkpoint());
    for (let change = 1; change <= 5; change++) db.transaction(() => makeChange(db, change));
    unlinkSync(`${file}-wal`);

    assert.throws(
      () => db.transaction(() => makeChange(db, 6)),
      (error) => error instanceof StorageFault && /was deleted by another program/.test(error.message),
    );
    // What lay in the deleted log alone was put back from our open file, without the refused change.
    assert.equal(changesIn(db), 5);
    db.transaction(() => makeChange(db, 6));
    assert.ok(existsSync(`${file}-wal`));
    const [copy] = await examineEntries([copyDatabase(file, path.join(folder, 'deleted-copy.db'))]);
    assert.deepEqual(copy, { changes: 6, wrong: undefined });
    unlinkSync(`${file}-wal`);
    db.close();
    const again = await openDatabase(file);
    assert.equal(changesIn(again), 6, 'deleted before a clean close');
    again.close();
  });
});

/** A `sqlite3` that again and again opens the file, reads, tries to write and checkpoint, and closes. */
class ForeignWriter {
  reads = 0;
  writes = 0;
  readonly #file: string;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(file: string) {
    this.#file = file;
  }

  start(): void {
    this.#stopped = false;
    this.#running ??= this.#loop();
  }

  /** Resolves when none runs any more. */
  async pause(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    this.#running = undefined;
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      const script = `SELECT 'read ' || changes FROM ledger;
        INSERT INTO entry SELECT min(id) - 1, 'foreign' FROM entry; SELECT 'wrote ' || changes();
        PRAGMA wal_checkpoint(TRUNCATE);`;
      const { out } = await sqlite([this.#file], script);
      if (/^read \d+/m.test(out)) this.reads++;
      if (out.includes('wrote 1')) this.writes++;
      await sleep(5);
    }
  }
}
