import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { expectOk } from '../../../src/base/result.ts';
import { listBackups } from '../../../src/store/backupFiles.ts';
import { openStore, type Store } from '../../../src/store/openStore.ts';
import type { Migration } from '../../../src/store/migrations.ts';
import { waitFor } from '../../support/waitFor.ts';
import { refusalOf, SteppedClock } from '../../support/testHost.ts';

const parents: Migration = {
  name: '0000_family',
  sql: `CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE);
    INSERT INTO parent VALUES (1, 'Ada'); INSERT INTO child VALUES (1, 1), (2, 1);`,
};
/** What drizzle-kit writes when a column changes: the table is made anew and the old one dropped. */
const rebuilt: Migration = {
  name: '0001_rebuild_parent',
  sql: `PRAGMA foreign_keys=OFF;--> statement-breakpoint
    CREATE TABLE __new_parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL);--> statement-breakpoint
    INSERT INTO __new_parent SELECT id, name FROM parent;--> statement-breakpoint
    DROP TABLE parent;--> statement-breakpoint
    ALTER TABLE __new_parent RENAME TO parent;--> statement-breakpoint
    PRAGMA foreign_keys=ON;`,
};
const orphaning: Migration = { name: '0001_orphans', sql: 'DELETE FROM parent;' };

describe('opening a store', () => {
  let dir: string;
  const clock = new SteppedClock();
  const stores: Store[] = [];

  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'sloop-store-'));
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    fs.rmSync(dir, { recursive: true, force: true });
  });

  const attempt = (migrations: readonly Migration[] = [parents]) =>
    openStore({ dir, migrations, logMigrations: [], clock, logger: silentLogger });

  async function open(migrations?: readonly Migration[]): Promise<Store> {
    const store = expectOk(await attempt(migrations));
    stores.push(store);
    return store;
  }

  async function close(store: Store): Promise<void> {
    stores.splice(stores.indexOf(store), 1);
    await store.close();
  }

  const children = (store: Store) => Number(store.main.get('SELECT count(*) AS n FROM child')?.['n']);
  const addChild = (store: Store) =>
    store.write(() => store.main.run('INSERT INTO child (parent_id) VALUES (1)'));
  const file = () => path.join(dir, 'sloop.db');

  it('keeps the children of a parent table that a migration rebuilds, and copies the file first', async () => {
    await close(await open());
    const store = await open([parents, rebuilt]);
    assert.equal(children(store), 2);
    assert.deepEqual(store.opened.migrated, ['0001_rebuild_parent']);
    assert.ok(store.opened.copiedBefore !== null && fs.existsSync(store.opened.copiedBefore));
    assert.equal(store.main.get('PRAGMA foreign_keys')?.['foreign_keys'], 1);
  });

  it('refuses a migration that leaves orphans, and changes nothing', async () => {
    await close(await open());
    const refusal = refusalOf(await attempt([parents, orphaning]));
    assert.match(refusal.message, /refers to a row of parent that is not there/);
    assert.equal(children(await open()), 2);
  });

  it('refuses data of a newer program, and of another history', async () => {
    await close(await open([parents, rebuilt]));
    assert.match(refusalOf(await attempt()).next, /Update the extension/);
    assert.match(refusalOf(await attempt([parents, orphaning])).message, /different version/);
  });

  it('refuses a second owner in the same process, and gives the folder up at its end', async () => {
    const store = await open();
    const refusal = refusalOf(await attempt());
    assert.equal(refusal.code, 'unavailable');
    assert.match(refusal.message, new RegExp(`Process ${process.pid} owns`));
    await close(store);
    await close(await open());
  });

  it('lets go of the folder when it cannot be opened', async () => {
    await close(await open([parents, rebuilt]));
    refusalOf(await attempt());
    await open([parents, rebuilt]);
  });

  it('keeps five backups, each whole, and the newest ones', async () => {
    const store = await open();
    for (let round = 0; round < 7; round += 1) {
      await addChild(store);
      clock.step(60_000);
      assert.ok(await store.backupNow());
    }
    const backups = listBackups(dir);
    assert.equal(backups.length, 5);
    assert.equal(backups[0]?.takenAt, clock.now());
    assert.deepEqual(
      fs.readdirSync(path.dirname(backups[0].file)).filter((name) => !/^sloop-\d+\.db$/.test(name)),
      [],
    );
  });

  it('takes a backup by itself after 500 changes, when writing pauses', async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 500 }, () => addChild(store)));
    await waitFor(() => listBackups(dir).length === 1);
  });

  it('restores a damaged file from the newest good backup, keeps the damaged one and tells what is lost', async () => {
    const first = await open();
    await addChild(first);
    const good = await first.backupNow();
    const takenAt = clock.now();
    clock.step(60_000);
    await addChild(first);
    const newer = await first.backupNow();
    await addChild(first);
    await close(first);
    assert.ok(good && newer);
    damage(file());
    damage(newer);

    const store = await open();
    assert.equal(children(store), 3);
    assert.equal(store.opened.restored?.from, good);
    assert.equal(store.opened.restored.takenAt, takenAt);
    assert.ok(fs.existsSync(store.opened.restored.damagedFile));
    await addChild(store);
  });

  it('restores a file that is no database at all', async () => {
    const first = await open();
    assert.ok(await first.backupNow());
    await close(first);
    fs.writeFileSync(file(), 'not a database, but long enough to be taken for one'.repeat(100));
    assert.equal(children(await open()), 2);
  });

  it('begins a new file of agents’ output when that one is damaged: nothing depends on it', async () => {
    await close(await open());
    fs.writeFileSync(path.join(dir, 'logs.db'), 'no database any more'.repeat(500));
    const store = await open();
    assert.equal(children(store), 2);
    assert.equal(store.logs.get('SELECT count(*) AS n FROM sloop_migration')?.['n'], 0);
    assert.equal(fs.readdirSync(dir).filter((name) => name.startsWith('logs.db.damaged-')).length, 1);
  });

  it('takes a backup a day after the last, or after the beginning, if anything changed', async () => {
    const store = await open();
    await addChild(store);
    clock.step(25 * 60 * 60 * 1000 + Math.max(0, Date.now() - Date.parse(clock.now())));
    await addChild(store);
    await waitFor(() => listBackups(dir).length === 1);
  });

  it('refuses a damaged file without a good backup, and leaves it where it is', async () => {
    await close(await open());
    damage(file());
    const before = fs.readFileSync(file());
    const refusal = refusalOf(await attempt());
    assert.equal(refusal.code, 'conflict');
    assert.match(refusal.message, /damaged .* no good backup/s);
    assert.deepEqual(fs.readFileSync(file()), before);
  });

  it('refuses a folder that cannot be written, and says so', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const { execFileSync } = await import('node:child_process');
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'none', dir]);
    } catch {
      return this.skip();
    }
    try {
      const refusal = refusalOf(await attempt());
      assert.equal(refusal.code, 'unavailable');
      assert.match(refusal.message, /cannot be written \(EROFS\)/);
      assert.match(refusal.next, /Make .* writable/);
    } finally {
      execFileSync('umount', [dir]);
    }
  });

  /** Overwrites the middle of the file's pages, as a bad disk or a stray program would. */
  function damage(database: string): void {
    const size = fs.statSync(database).size;
    const descriptor = fs.openSync(database, 'r+');
    for (let at = 4096; at < size; at += 4096)
      fs.writeSync(descriptor, Buffer.alloc(2000, 0x5a), 0, 2000, at + 8);
    fs.closeSync(descriptor);
  }
});
