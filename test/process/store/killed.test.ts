import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { openDatabase } from '../../../src/store/sqlite/database.ts';
import { requireSqlite } from '../../support/requireSqlite.ts';
import { bundleCommitLoad, CommitLoad } from './commitLoad.ts';
import { changesIn, examineEntries } from './entries.ts';
import { copyDatabase } from './independentSqlite.ts';
import { inLanes } from './lanes.ts';

const kills = 300;
const killsOfOneDatabase = 30;
const lanes = 2;

let folder: string;
let bundle: string;

interface Kill {
  readonly copy: string;
  /** What was acknowledged by this process or any before it. */
  readonly acknowledged: number;
  readonly when: string;
}

describe('a store killed at any moment', function () {
  this.timeout(180_000);

  before(async () => {
    requireSqlite();
    folder = mkdtempSync(path.join(os.tmpdir(), 'sloop-killed-'));
    bundle = await bundleCommitLoad(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it(`keeps every acknowledged commit through ${kills} kills, also where 32 writers share commits`, async () => {
    const databases = Array.from({ length: kills / killsOfOneDatabase }, (_, index) => index);
    const totals: number[] = [];
    const work = async () => {
      for (let database = databases.shift(); database !== undefined; database = databases.shift())
        totals.push(await killAgainAndAgain(path.join(folder, `killed${database}.db`)));
    };
    await inLanes(lanes, work);
    const commits = totals.reduce((sum, total) => sum + total, 0);
    // Otherwise the load hardly ran and the test proved nothing.
    assert.ok(commits > kills * 5, `only ${commits} changes in all`);
  });
});

/** Kills load after load on one database; returns how many changes it holds in the end. */
async function killAgainAndAgain(database: string): Promise<number> {
  const done: Kill[] = [];
  const found: (number | undefined)[] = [];
  let acknowledged = 0;
  let next = new CommitLoad(bundle);
  try {
    for (let round = 0; round < killsOfOneDatabase; round++) {
      const load = next;
      next = new CommitLoad(bundle);
      const when = await killOnce(load, database, round);
      acknowledged = Math.max(acknowledged, load.acknowledged);
      const copy = copyDatabase(database, `${database}.copy${round}`);
      done.push({ copy, acknowledged, when });
      found.push(load.found);
    }
  } finally {
    await next.kill();
  }
  const db = await openDatabase(database);
  const last = changesIn(db);
  assert.equal(db.get('PRAGMA integrity_check')?.['integrity_check'], 'ok');
  db.close();
  await judge(done, [...found.slice(1), last]);
  return last;
}

/** Each third kill meets the opening with its recovery, the others the commits and checkpoints. */
async function killOnce(load: CommitLoad, database: string, round: number): Promise<string> {
  await load.begin(database, round % 2 === 0 ? 'groups' : 'single');
  const opening = round > 0 && round % 3 === 0;
  if (!opening) await load.committing();
  const delay = Math.random() * (opening ? 12 : 40);
  await sleep(delay);
  await load.kill();
  return `round ${round}, ${delay.toFixed(2)} ms after it began to ${opening ? 'open' : 'commit'}`;
}

/** `foundNext` is what the store itself found when it opened after each kill; unknown when it was killed then. */
async function judge(done: readonly Kill[], foundNext: readonly (number | undefined)[]): Promise<void> {
  const copies = await examineEntries(done.map(({ copy }) => copy));
  for (const [index, { acknowledged, when }] of done.entries()) {
    const copy = copies[index];
    assert.ok(copy !== undefined);
    assert.equal(copy.wrong, undefined, `damaged in ${when}: ${copy.wrong}`);
    assert.ok(copy.changes >= acknowledged, `${when}: ${acknowledged} acknowledged, ${copy.changes} there`);
    const next = foundNext[index];
    if (next !== undefined) assert.equal(next, copy.changes, `${when}: the store recovered something else`);
  }
}
