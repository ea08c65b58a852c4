import type { Disposable } from '../base/disposables.ts';

/** Writing has paused when nothing came for so long. */
const idleMs = 2000;
/** A store that is always written to gets its turn after so long all the same. */
const longestWaitMs = 60_000;

/** Does work when writing pauses: a checkpoint, a backup. The timer never keeps the process alive. */
export class IdleWork implements Disposable {
  readonly #work: () => void;
  #timer: NodeJS.Timeout | undefined;
  #waitingSince = 0;

  constructor(work: () => void) {
    this.#work = work;
  }

  /** Something was written: wait anew. */
  touch(): void {
    if (this.#timer === undefined) {
      this.#waitingSince = performance.now();
      this.#timer = setTimeout(() => this.#fire(), idleMs).unref();
    } else if (performance.now() - this.#waitingSince < longestWaitMs) this.#timer.refresh();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #fire(): void {
    this.#timer = undefined;
    this.#work();
  }
}
