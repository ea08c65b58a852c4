import type { Disposable } from '../base/disposables.ts';

/** Writing has paused when nothing came for so long. */
const idleMs = 2000;

/** Does work when writing pauses: a checkpoint, a backup. The timer never keeps the process alive. */
export class IdleWork implements Disposable {
  readonly #work: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(work: () => void) {
    this.#work = work;
  }

  /** Something was written: wait anew. */
  touch(): void {
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#fire(), idleMs).unref();
    else this.#timer.refresh();
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
