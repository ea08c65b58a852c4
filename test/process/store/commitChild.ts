// A process that commits for ever, to be killed. It loads everything, says `warm`, waits for a line with
// `MODE PATH`, opens that database, says `open N` (changes found) and then each change's number once it is durable.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { GroupCommit } from '../../../src/store/groupCommit.ts';
import { openDatabase, type Database } from '../../../src/store/sqlite/database.ts';
import { loadFileLayer } from '../../../src/store/sqlite/fileLayer.ts';
import { changesIn, entriesSchema, makeChange } from './entries.ts';

const writers = 32;

/** Straight to the pipe: what was said stays said when we are killed. Fails, and ends us, when nobody listens. */
const say = (text: string | number) => writeSync(1, `${text}\n`);

function commitOneByOne(db: Database): void {
  for (let change = changesIn(db) + 1; ; change++) {
    db.transaction(() => makeChange(db, change));
    say(change);
  }
}

/** Many writers wait at once and share commits; now and then one fails and must leave nothing. */
async function commitInGroups(db: Database): Promise<void> {
  const commits = new GroupCommit(db);
  let latest = changesIn(db);
  const fails = () => {
    db.run("INSERT INTO entry VALUES (-1, 'must not stay')");
    throw new Error('refused on purpose');
  };
  const write = async () => {
    for (;;) {
      const change = (latest += 1);
      if (change % 9 === 0) void commits.write(fails).catch(() => undefined);
      await commits.write(() => makeChange(db, change));
      say(change);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
}

async function main(): Promise<void> {
  await loadFileLayer();
  say('warm');
  const [order] = (await once(createInterface({ input: process.stdin }), 'line')) as [string];
  const [, mode, databasePath] = /^(\S+) (.*)$/.exec(order) ?? [];
  const db = await openDatabase(databasePath as string, { cacheKiB: 64 });
  // Small, so that many kills meet a checkpoint.
  db.exec('PRAGMA wal_autocheckpoint=30');
  db.exec(`BEGIN; ${entriesSchema}; COMMIT`);
  say(`open ${changesIn(db)}`);
  if (mode === 'groups') await commitInGroups(db);
  else commitOneByOne(db);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(3);
});
