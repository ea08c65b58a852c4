import { disposable, type Disposable } from '../base/disposables.ts';

/** Where waiting comes from. Tests hand in timers that fire when told to. */
export interface Timers {
  /** Calls once after so many milliseconds, unless disposed of before. */
  after(milliseconds: number, call: () => void): Disposable;
}

export const systemTimers: Timers = {
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return disposable(() => clearTimeout(timer));
  },
};
