import type { TodoId } from '../../../src/domain/ids.ts';
import { copyOfDataSet, openBenchStore, removeFolder, todoIdOf } from '../dataSet.ts';
import { executorOver, type Run } from '../executorOver.ts';
import type { Group } from '../groups.ts';
import { median, percentile, timings } from '../measure.ts';
import { shortCount, shortTime, type Row } from '../row.ts';
import { sizes } from '../sizes.ts';

const size = 10_000;
const chainLength = 5_000;

async function row(what: string, bar: number | undefined, work: (round: number) => unknown): Promise<Row> {
  const taken = await timings(60, work);
  return {
    what,
    measured: median(taken),
    unit: 'ms',
    ...(bar === undefined ? {} : { bar }),
    note: `p90 ${shortTime(percentile(taken, 0.9))}`,
  };
}

async function readyAndSearch(run: Run): Promise<Row[]> {
  const searches = {
    'one word in 6 % of the todos': 'parser',
    'two words': 'review token',
    'the beginning of a word': 'migr',
    'a word in most todos': 'before',
  };
  const rows = [
    await row('ready todos, of all projects', 3, () => run('todo.ready', {})),
    await row('ready todos, of one project', 3, () => run('todo.ready', { project: 'project-3' })),
  ];
  for (const [what, text] of Object.entries(searches))
    rows.push(await row(`search: ${what}`, 3, () => run('todo.search', { text })));
  return rows;
}

/** Each of 5,000 todos waits for the one before; asked of the tables, as `todo.depend` asks them. */
async function cycleChecks(): Promise<Row[]> {
  const copy = await copyOfDataSet(size);
  const store = await openBenchStore(copy);
  store.main.transaction(() => {
    store.main.run('DELETE FROM todo_dependency');
    for (let i = 2; i <= chainLength; i++)
      store.main.run('INSERT INTO todo_dependency VALUES (?, ?)', [todoIdOf(i), todoIdOf(i - 1)]);
    store.main.run(`UPDATE todo SET project_id = 'project00001'`);
  });
  const run = executorOver(store);
  const depend = (todo: TodoId, on: TodoId) => run('todo.depend', { todo, on });
  const outside = todoIdOf(chainLength + 1);
  const rows = [
    await row(`no cycle, after a chain of ${shortCount(chainLength)}`, 7, async () => {
      await depend(outside, todoIdOf(chainLength));
      // Taken back, so that each round asks the same.
      store.main.run('DELETE FROM todo_dependency WHERE todo_id = ?', [outside]);
    }),
    await row(`a cycle of ${shortCount(chainLength)}, refused and named`, undefined, () =>
      depend(todoIdOf(1), todoIdOf(chainLength)).then(
        () => Promise.reject(new Error('a cycle was accepted')),
        () => undefined,
      ),
    ),
  ];
  await store.close();
  removeFolder(copy);
  return rows;
}

/** What a view asks when it opens; it shows how many more there are, which costs a count. */
async function lists(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const todos of sizes()) {
    const copy = await copyOfDataSet(todos);
    const store = await openBenchStore(copy);
    const run = executorOver(store);
    rows.push(
      await row(`first page of open todos at ${shortCount(todos)}`, undefined, () => run('todo.list', {})),
      await row(`subtodos of one at ${shortCount(todos)}`, undefined, (i) =>
        run('todo.list', { parent: todoIdOf(1 + ((i * 7919) % (todos / 10 - 1))), all: true }),
      ),
    );
    await store.close();
    removeFolder(copy);
  }
  return rows;
}

export const queryGroup: Group = {
  name: 'queries',
  about: 'what agents and views ask most, at 10k todos with dependencies',
  run: async () => {
    const copy = await copyOfDataSet(size);
    const store = await openBenchStore(copy);
    const rows = await readyAndSearch(executorOver(store));
    await store.close();
    removeFolder(copy);
    return [...rows, ...(await cycleChecks()), ...(await lists())];
  },
};
