import { Worker } from 'node:worker_threads';
import { disposable, type Disposable } from '../../base/disposables.ts';
import type { HostWindowCalls, HostWorkerCalls, HostWorkerData } from '../../protocol/hostWorker.ts';
import { createRpc, type Port, type Rpc } from '../../protocol/rpc.ts';

/** The thread that the host of this window lives in. */
export interface HostThread extends Disposable {
  readonly rpc: Rpc<HostWorkerCalls>;
  /** Resolves when the thread has ended, however that came; with what was wrong, if anything was. */
  readonly ended: Promise<Error | null>;
  /** Lets the host end cleanly; after `patienceMs` the thread is ended all the same. */
  close(patienceMs: number): Promise<void>;
}

export function startHostThread(
  program: string,
  data: HostWorkerData,
  window: HostWindowCalls,
  onFault: (name: string, error: unknown) => void,
): HostThread {
  const worker = new Worker(program, { workerData: data });
  const rpc = createRpc<HostWorkerCalls>(portOf(worker), window, onFault);
  const ended = new Promise<Error | null>((resolve) => {
    worker.once('error', (error) => resolve(error instanceof Error ? error : new Error(String(error))));
    worker.once('exit', () => resolve(null));
  });
  void ended.then(() => rpc.dispose());
  return {
    rpc,
    ended,
    async close(patienceMs) {
      const closed = rpc.call('close', null).catch(() => undefined);
      const late = new Promise((resolve) => setTimeout(resolve, patienceMs).unref());
      await Promise.race([closed.then(() => ended), late]);
      await worker.terminate();
    },
    dispose: () => void worker.terminate(),
  };
}

const portOf = (worker: Worker): Port => ({
  post: (message) => worker.postMessage(message),
  onMessage(listener) {
    worker.on('message', listener);
    return disposable(() => worker.off('message', listener));
  },
});
