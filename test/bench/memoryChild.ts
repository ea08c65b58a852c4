import { openBenchStore, todoIdOf } from './dataSet.ts';
import { executorOver } from './executorOver.ts';

// A process of its own, because memory that an earlier measurement took would count here.
const [dir = '', size = '0'] = process.argv.slice(2);
const store = await openBenchStore(dir);
const opened = process.memoryUsage.rss();
const run = executorOver(store);
for (let i = 0; i < 300; i++) {
  const todo = todoIdOf(1 + ((i * 7919) % Number(size)));
  await run('todo.show', { todo });
  await run('todo.update', { todo, description: `Changed ${i}` });
  await run('todo.search', { text: 'review token' });
}
await run('todo.list', {});
await run('todo.ready', {});
const worked = process.memoryUsage.rss();
await store.close();
process.stdout.write(JSON.stringify({ opened, worked }));
