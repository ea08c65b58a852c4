import { DisposableSlot, type Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from './timers.ts';

const firstPause = 500;
const longestPause = 30_000;

/**
 * Does a piece of work whenever it is asked to, one at a time. Asked while it works, it works once more
 * afterwards, so nothing that happened meanwhile is missed; a failure is logged and tried again after a pause
 * that doubles.
 */
export class Pump implements Disposable {
  readonly #work: () => Promise<void>;
  readonly #timers: Timers;
  readonly #logger: Logger;
  readonly #retry = new DisposableSlot();
  #running: Promise<void> | undefined;
  #asked = false;
  #pause = firstPause;
  #disposed = false;

  constructor(work: () => Promise<void>, timers: Timers, logger: Logger) {
    this.#work = work;
    this.#timers = timers;
    this.#logger = logger;
  }

  /** Asks for the work; the promise tells when there is nothing left to do just now. */
  ask(): Promise<void> {
    this.#asked = true;
    // Started a turn later, so that work which asks for itself finds it running.
    this.#running ??= Promise.resolve().then(() => this.#drain());
    return this.#running;
  }

  /** Resolves when the work under way has ended. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#asked && !this.#disposed) {
        this.#asked = false;
        await this.#work();
        this.#pause = firstPause;
      }
    } catch (error) {
      this.#logger.log('error', 'failed, will be tried again', { error, pause: this.#pause });
      this.#retry.set(this.#timers.after(this.#pause, () => void this.ask()));
      this.#pause = Math.min(longestPause, this.#pause * 2);
    } finally {
      // In the same turn as the last look at `asked`: what is asked from now on starts anew.
      this.#running = undefined;
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#retry.dispose();
  }
}
