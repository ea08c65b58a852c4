import { silentLogger } from '../../../src/base/logger.ts';
import type { TodoId } from '../../../src/domain/ids.ts';
import { LogTable } from '../../../src/store/logTable.ts';
import { createUnitOfWork } from '../../../src/store/unitOfWork.ts';
import { copyOfDataSet, openBenchStore, removeFolder, todoIdOf } from '../dataSet.ts';
import { executorOver, type Run } from '../executorOver.ts';
import type { Group } from '../groups.ts';
import { timings } from '../measure.ts';
import { shortCount, undisturbed, type Row } from '../row.ts';
import { sizes } from '../sizes.ts';

const size = 10_000;
const chainLength = 5_000;

async function row(what: string, bar: number | undefined, work: (round: number) => unknown): Promise<Row> {
  const taken = await timings(60, work);
  return { what, ...undisturbed(taken), ...(bar === undefined ? {} : { bar }) };
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

/** Each of 5,000 todos waits for the one before. What `todo.depend` asks the tables, without its commit. */
async function cycleChecks(): Promise<Row[]> {
  const copy = await copyOfDataSet(size);
  const store = await openBenchStore(copy);
  store.main.transaction(() => {
    store.main.run('DELETE FROM todo_dependency');
    store.main.run('UPDATE todo SET parent_id = NULL');
    for (let i = 2; i <= chainLength; i++)
      store.main.run('INSERT INTO todo_dependency VALUES (?, ?)', [todoIdOf(i), todoIdOf(i - 1)]);
  });
  const unitOfWork = createUnitOfWork(store, new LogTable(store.logs), silentLogger);
  const check = (from: TodoId, to: TodoId) =>
    unitOfWork.read({ kind: 'all' }, ({ todo }) => todo.dependencies.path(from, to));
  const [first, last, outside] = [todoIdOf(1), todoIdOf(chainLength), todoIdOf(chainLength + 1)];
  if (check(last, outside) !== null || check(last, first)?.length !== chainLength)
    throw new Error('the chain is not the one that was to be measured');
  const rows = [
    await row(`cycle check after a chain of ${shortCount(chainLength)}: none`, 7, () => check(last, outside)),
    await row(`cycle check after a chain of ${shortCount(chainLength)}: found and named`, undefined, () =>
      check(last, first),
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
