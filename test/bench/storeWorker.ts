import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openBenchStore, todoIdOf } from './dataSet.ts';
import { executorOver } from './executorOver.ts';

/** What the thread is asked for; it answers each with one small message, as the host's worker will. */
export type Asked =
  | { readonly kind: 'commits' | 'counts'; readonly forMs: number }
  | { readonly kind: 'page'; readonly after: string | undefined }
  | { readonly kind: 'close' };

const port = parentPort;
if (port === null) throw new Error('storeWorker runs as a worker thread');
const { dir, size } = workerData as { dir: string; size: number };

// Not at the top level: the bundle is CommonJS, like the product's.
void serve(port);

async function serve(to: MessagePort): Promise<void> {
  const store = await openBenchStore(dir);
  const run = executorOver(store);
  const work = {
    commits: (i: number) =>
      run('todo.update', {
        todo: todoIdOf(1 + ((i * 7919) % size)),
        description: `Changed ${i} at ${Date.now()}`,
      }),
    counts: () =>
      Promise.resolve(
        store.read(() => store.main.all('SELECT status, count(*) AS n FROM todo GROUP BY status')),
      ),
  };

  async function answer(asked: Asked): Promise<void> {
    if (asked.kind === 'close') {
      await store.close();
      to.close();
      return;
    }
    if (asked.kind === 'page') {
      to.postMessage(await run('todo.list', { limit: 500, all: true, after: asked.after }));
      return;
    }
    const end = performance.now() + asked.forMs;
    let times = 0;
    for (; performance.now() < end; times++) to.postMessage({ changed: await work[asked.kind](times) });
    to.postMessage({ times });
  }

  to.on('message', (asked: Asked) => void answer(asked));
  to.postMessage('ready');
}
