import path from 'node:path';
import { todo } from '../../../src/store/schema/work.ts';
import type { Store } from '../../../src/store/openStore.ts';
import { GroupCommit } from '../../../src/store/groupCommit.ts';
import type { Database } from '../../../src/store/sqlite/database.ts';
import { RowCodec, type SqlValue } from '../../../src/store/tables/rowCodec.ts';
import type { Todo } from '../../../src/domain/todo/todo.ts';
import { copyOfDataSet, openBenchStore, removeFolder, todoIdOf } from '../dataSet.ts';
import { yardsticks, type Engine } from '../engine.ts';
import type { Group } from '../groups.ts';
import { interleaved } from '../measure.ts';
import { ratioRow, shortCount, type Row } from '../row.ts';
import { sizes } from '../sizes.ts';

const codec = new RowCodec<Todo>(todo, ['rowNumber', 'priorityRank']);
const columns = codec.fields.map((field) => codec.column(field));

/** The tables' own SQL where they have such a query, else what a view would ask. */
const sql = {
  byId: `SELECT ${codec.selection()} FROM "todo" WHERE id = ?`,
  children: `SELECT id, title, status, priority FROM todo WHERE parent_id = ? ORDER BY sort_order, id`,
  countByStatus: `SELECT status, count(*) AS n FROM todo GROUP BY status`,
  tree: `WITH RECURSIVE tree(id, depth) AS (SELECT id, 0 FROM todo WHERE parent_id IS NULL
    UNION ALL SELECT todo.id, tree.depth + 1 FROM tree JOIN todo ON todo.parent_id = tree.id)
    SELECT count(*) AS n, max(depth) AS depth FROM tree`,
  allRows: `SELECT id, parent_id, title, status FROM todo`,
  update: `UPDATE todo SET status = ?, updated_at = ? WHERE id = ?`,
  insert: `INSERT INTO todo (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
};

type Write = (job: () => unknown) => Promise<unknown>;
interface Side {
  readonly db: Engine;
  readonly write: Write;
}

/** Every comparison: how often, how many of the thing per round, and the bar of STORE.md. */
const comparisons: readonly {
  readonly what: string;
  readonly bar: (yardstick: string) => number | undefined;
  readonly rounds: (big: boolean) => number;
  readonly per: number;
  readonly round: (side: Side, round: number, size: number) => unknown;
}[] = [
  {
    what: 'commit an update',
    bar: () => 1.5,
    rounds: () => 60,
    per: 20,
    async round({ db, write }, round, size) {
      for (let i = round * 20; i < (round + 1) * 20; i++)
        await write(() => db.run(sql.update, updateValues(i, size)));
    },
  },
  {
    what: 'commit an insert',
    bar: () => 1.5,
    rounds: () => 60,
    per: 20,
    async round({ db, write }, round, size) {
      for (let i = round * 20; i < (round + 1) * 20; i++)
        await write(() => db.run(sql.insert, insertValues(size + 1 + i, size)));
    },
  },
  {
    what: 'commit 1000 inserts',
    bar: () => 1.5,
    rounds: () => 16,
    per: 1,
    round: ({ db, write }, round, size) =>
      write(() => {
        for (let i = 0; i < 1000; i++)
          db.run(sql.insert, insertValues(size + 10_000 + round * 1000 + i, size));
      }),
  },
  {
    what: 'by id',
    bar: () => 1.8,
    rounds: () => 40,
    per: 500,
    round({ db }, round, size) {
      for (let i = 0; i < 500; i++) db.get(sql.byId, [todoIdOf(scattered(round * 500 + i, size))]);
    },
  },
  {
    what: 'children of a parent',
    bar: (yardstick) => (yardstick === 'node:sqlite' ? 2.3 : 1.3),
    rounds: () => 40,
    per: 200,
    round({ db }, round, size) {
      for (let i = 0; i < 200; i++)
        db.all(sql.children, [todoIdOf(scattered(round * 200 + i, size / 10 - 1))]);
    },
  },
  {
    what: 'count by status',
    bar: () => 2,
    rounds: (big) => (big ? 8 : 20),
    per: 1,
    round: ({ db }) => db.all(sql.countByStatus),
  },
  {
    what: 'tree',
    bar: () => 2,
    rounds: (big) => (big ? 5 : 15),
    per: 1,
    round: ({ db }) => db.all(sql.tree),
  },
  {
    what: 'all rows',
    bar: () => 1.1,
    rounds: (big) => (big ? 4 : 11),
    per: 1,
    round: ({ db }) => db.all(sql.allRows),
  },
];

/** Numbers 1 … size in an order without a pattern. */
const scattered = (i: number, size: number): number => 1 + ((i * 7919) % Math.floor(size));

const statuses = ['pending', 'in_progress', 'completed', 'cancelled'];
const updateValues = (i: number, size: number): SqlValue[] => [
  statuses[i % 4] as string,
  new Date(1.77e12 + i).toISOString(),
  todoIdOf(scattered(i, size)),
];

function insertValues(i: number, size: number): SqlValue[] {
  const time = new Date(1.77e12 + i).toISOString();
  const row: Partial<Record<keyof Todo, unknown>> = {
    id: todoIdOf(i),
    title: `New todo number ${i}`,
    description: 'Write the thing, then show that it works.',
    kind: 'task',
    category: 'execute',
    gate: 'auto',
    status: 'pending',
    priority: 'medium',
    sortOrder: i,
    parentId: todoIdOf(scattered(i, size)),
    projectId: 'project00001',
    sprintId: 'sprint100001',
    sessionId: 'session00001',
    createdBy: 'person',
    acceptanceCriteria: [],
    successCriteria: [],
    createdAt: time,
    updatedAt: time,
  };
  return codec.fields.map((field) => codec.encode(field, row[field]));
}

async function compare(size: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const yardstick of yardsticks()) {
    if ('missing' in yardstick) {
      rows.push({
        what: `${yardstick.name} at ${shortCount(size)}`,
        measured: null,
        unit: '×',
        note: yardstick.missing,
      });
      continue;
    }
    const [ourCopy, theirCopy] = [await copyOfDataSet(size), await copyOfDataSet(size)];
    const store: Store = await openBenchStore(ourCopy);
    const native = yardstick.open(path.join(theirCopy, 'sloop.db'));
    const commits = new GroupCommit(native as Database);
    const ours: Side = { db: store.main, write: (job) => store.write(job) };
    const theirs: Side = { db: native, write: (job) => commits.write(job) };
    for (const { what, bar, rounds, per, round } of comparisons) {
      const ratio = await interleaved(
        rounds(size > 500_000),
        (number) => round(ours, number, size),
        (number) => round(theirs, number, size),
      );
      const most = bar(yardstick.name);
      const name = `${what} at ${shortCount(size)} / ${yardstick.name}`;
      rows.push(ratioRow(name, ratio, { per, ...(most === undefined ? {} : { bar: most }) }));
    }
    native.close();
    await store.close();
    removeFolder(ourCopy);
    removeFolder(theirCopy);
  }
  return rows;
}

/** sql.js on real files against a native SQLite: same schema, same SQL, same settings, same durability. */
export const engineGroup: Group = {
  name: 'engine',
  about: 'the store against native SQLite, same schema, SQL and durability',
  run: async () => {
    const rows: Row[] = [];
    for (const size of sizes()) rows.push(...(await compare(size)));
    return rows;
  },
};
