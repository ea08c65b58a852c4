import { disposable, type Disposable } from '../base/disposables.ts';

/** The windows of other processes that follow this host's changes now: they can run what was started in them. */
export interface PresentWindows {
  /** Counts a window as present until disposed; it may follow more than once. */
  enter(window: string): Disposable;
  has(window: string): boolean;
}

export function createPresentWindows(): PresentWindows {
  const streams = new Map<string, number>();
  return {
    enter(window) {
      streams.set(window, (streams.get(window) ?? 0) + 1);
      return disposable(() => {
        const left = (streams.get(window) ?? 0) - 1;
        if (left > 0) streams.set(window, left);
        else streams.delete(window);
      });
    },
    has: (window) => streams.has(window),
  };
}
