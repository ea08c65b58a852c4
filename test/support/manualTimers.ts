import { disposable } from '../../src/base/disposables.ts';
import type { Timers } from '../../src/engine/timers.ts';

/** Timers that fire when the test says so. */
export class ManualTimers implements Timers {
  readonly #waiting = new Set<{ readonly milliseconds: number; readonly call: () => void }>();

  after(milliseconds: number, call: () => void) {
    const waiting = { milliseconds, call };
    this.#waiting.add(waiting);
    return disposable(() => this.#waiting.delete(waiting));
  }

  get pauses(): readonly number[] {
    return [...this.#waiting].map(({ milliseconds }) => milliseconds);
  }

  fire(): void {
    const due = [...this.#waiting];
    this.#waiting.clear();
    for (const { call } of due) call();
  }
}
