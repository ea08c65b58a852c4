import type { Disposable } from '../../../base/disposables.ts';

/** Gathers what comes within a short time, and hands it on in one piece; one piece at a time. */
export interface Coalesced<T> extends Disposable {
  push(items: readonly T[]): void;
}

/**
 * @param flush what is done with a piece; the next one waits for its end.
 * @param onFault what to do when that fails; later pieces are not held up by it.
 */
export function coalesced<T>(
  delayMs: number,
  flush: (items: readonly T[]) => Promise<void>,
  onFault: (error: unknown) => void,
): Coalesced<T> {
  let waiting: T[] = [];
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  let disposed = false;

  function plan(): void {
    if (timer !== undefined || busy || waiting.length === 0 || disposed) return;
    timer = setTimeout(() => void run(), delayMs);
  }

  async function run(): Promise<void> {
    timer = undefined;
    busy = true;
    const items = waiting;
    waiting = [];
    try {
      await flush(items);
    } catch (error) {
      onFault(error);
    }
    busy = false;
    plan();
  }

  return {
    push(items) {
      waiting.push(...items);
      plan();
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
