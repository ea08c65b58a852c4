import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { readUserSettings } from '../../../src/agents/settings/userSettings.ts';
import { silentLogger, type Logger } from '../../../src/base/logger.ts';
import { expectOk, refusalText } from '../../../src/base/result.ts';
import { createHost } from '../../../src/host/createHost.ts';
import { GroupCommit } from '../../../src/store/groupCommit.ts';
import { openDatabase, type Database } from '../../../src/store/sqlite/database.ts';
import { StorageFault } from '../../../src/store/storageFault.ts';
import { requireSqlite } from '../../support/requireSqlite.ts';
import { changesIn, entriesSchema, examineEntries, makeChange } from './entries.ts';
import { copyDatabase } from './independentSqlite.ts';

/** Enough for the store, small enough to fill at once. */
const mountSize = '8m';

let folder: string;
let mount: string;
let whyNot: string | undefined;

describe('a full disk', function () {
  this.timeout(60_000);

  before(function () {
    requireSqlite();
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-full-'));
    mount = path.join(folder, 'mount');
    mkdirSync(mount);
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mountSize}`, 'tmpfs', mount]);
    whyNot = status === 0 ? undefined : `no small tmpfs can be mounted here: ${String(stderr)}`;
    if (status === 0) unmount();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(function () {
    if (whyNot !== undefined) {
      console.log(`      skipped, ${whyNot}`);
      this.skip();
    }
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mountSize}`, 'tmpfs', mount]);
    assert.equal(status, 0);
  });
  afterEach(() => {
    if (whyNot === undefined) unmount();
  });

  it('at a commit: refused with what to do, nothing acknowledged is lost, work goes on with new room', async () => {
    const { db, file } = await opened();
    fill();
    const { acknowledged, fault } = commitUntilRefused(db, 0);
    assert.equal(fault.refusal.code, 'unavailable');
    assert.equal(fault.message, fullMessage(file));
    assert.equal(changesIn(db), acknowledged, 'what it reads is what it acknowledged');
    await judge(file, acknowledged);
    // Still full: refused again, and reading goes on.
    const again = commitUntilRefused(db, acknowledged);
    assert.equal(changesIn(db), again.acknowledged);

    makeRoom();
    for (let change = again.acknowledged + 1; change <= again.acknowledged + 50; change++)
      db.transaction(() => makeChange(db, change));
    await judge(file, again.acknowledged + 50);
    db.close();
  });

  it('at a commit that many writers share: each is refused or acknowledged, rightly', async () => {
    const { db, file } = await opened();
    const commits = new GroupCommit(db);
    fill();
    let acknowledged = 0;
    const faults: unknown[] = [];
    while (faults.length === 0) {
      const from = acknowledged;
      const writes = Array.from({ length: 20 }, (_, index) =>
        commits.write(() => makeChange(db, from + index + 1)).then(() => acknowledged++),
      );
      for (const settled of await Promise.allSettled(writes))
        if (settled.status === 'rejected') faults.push(settled.reason);
    }
    assert.equal(faults.length, 20, 'one commit, one fate');
    for (const fault of faults)
      assert.ok(fault instanceof StorageFault && fault.message === fullMessage(file));
    await judge(file, acknowledged);

    makeRoom();
    await commits.write(() => makeChange(db, acknowledged + 1));
    await judge(file, acknowledged + 1);
    db.close();
  });

  it('at a checkpoint: the commit holds, the log is kept and is moved when there is room', async () => {
    const warnings: string[] = [];
    const { db, file } = await opened(warningsTo(warnings));
    db.pauseCheckpoints();
    let change = 0;
    while (change < 400) db.transaction(() => makeChange(db, (change += 1)));
    // Room for one more commit, not for the database file to grow by what is in the log.
    fill(100_000);
    db.resumeCheckpoints();
    db.exec('PRAGMA wal_autocheckpoint=1');
    db.transaction(() => makeChange(db, (change += 1)));
    assert.equal(db.checkpoint(), false);
    assert.deepEqual(warnings, ['checkpoint failed', 'checkpoint failed']);
    await judge(file, change);
    assert.equal(changesIn(db), change);

    makeRoom();
    db.transaction(() => makeChange(db, (change += 1)));
    assert.equal(db.checkpoint(), true);
    await judge(file, change);
    db.close();
    assert.deepEqual(await examineEntries([file]), [{ changes: change, wrong: undefined }]);
  });

  it('refuses an operation in words that say what to do, and takes it when there is room', async () => {
    const workspace = path.join(folder, 'workspace');
    mkdirSync(workspace);
    const storeDir = path.join(mount, 'store');
    const host = expectOk(
      await createHost({
        workspace,
        storeDir,
        sloop: { command: process.execPath, args: [] },
        env: {},
        settings: expectOk(readUserSettings(folder)),
        dataFolder: folder,
        logger: silentLogger,
        version: '0.0.0',
      }),
    );
    try {
      const client = host.client('cli');
      const create = (number: number) =>
        client.execute('todo.create', { title: `Todo ${number}`, description: 'word '.repeat(400) });
      fill();
      let created = 0;
      let result = await create(created);
      while (result.ok && created < 5000) result = await create((created += 1));
      assert.ok(!result.ok, 'the disk never filled');
      assert.equal(result.refusal.code, 'unavailable');
      assert.equal(refusalText(result.refusal), fullMessage(path.join(storeDir, 'sloop.db')));
      const list = expectOk(await client.execute('todo.list', {}));
      assert.equal(list.items.length + list.more, created);
      makeRoom();
      expectOk(await create(created));
    } finally {
      makeRoom();
      await host.close();
    }
  });
});

/** Lazy, since a test that failed may have left files open. */
const unmount = (): void => assert.equal(spawnSync('umount', ['-l', mount]).status, 0);

const fullMessage = (file: string) =>
  `The disk is full: the change was not saved to ${file}. Free some space on the disk that holds ` +
  `${path.dirname(file)} and try again; everything saved before is safe.`;

async function opened(logger: Logger = silentLogger): Promise<{ db: Database; file: string }> {
  const file = path.join(mount, 'full.db');
  const db = await openDatabase(file, { logger });
  db.exec(`BEGIN; ${entriesSchema}; COMMIT`);
  return { db, file };
}

function commitUntilRefused(db: Database, from: number): { acknowledged: number; fault: StorageFault } {
  for (let change = from + 1; change < from + 20_000; change++) {
    try {
      db.transaction(() => makeChange(db, change));
    } catch (error) {
      assert.ok(error instanceof StorageFault, String(error));
      return { acknowledged: change - 1, fault: error };
    }
  }
  throw new Error('The disk never filled.');
}

/** Takes all room but `leftBytes`. */
function fill(leftBytes = 300_000): void {
  const { bavail, bsize } = statfsSync(mount);
  writeFileSync(path.join(mount, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
}

const makeRoom = (): void => rmSync(path.join(mount, 'ballast'), { force: true });

/** On the big disk, what a crash now would leave must hold exactly so many changes. */
async function judge(file: string, changes: number): Promise<void> {
  const copy = path.join(folder, 'copy.db');
  for (const suffix of ['', '-wal']) rmSync(copy + suffix, { force: true });
  assert.deepEqual(await examineEntries([copyDatabase(file, copy)]), [{ changes, wrong: undefined }]);
}

function warningsTo(warnings: string[]): Logger {
  const logger: Logger = {
    log: (level, message) => {
      if (level === 'warn') warnings.push(message);
    },
    child: () => logger,
  };
  return logger;
}
