import type { Child } from './childProcess.ts';

/** How long a process has to end by itself before it is killed. */
export const graceMs = 10_000;

/** Ends the agent's process: first it is asked, then it is killed. Asking twice is asking once. */
export class Termination {
  readonly #child: Pick<Child, 'signal'>;
  readonly #own: NodeJS.Signals | undefined;
  readonly #grace: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param own the signal that this child wants, whoever asks for its end. */
  constructor(child: Pick<Child, 'signal'>, own?: NodeJS.Signals, grace: number = graceMs) {
    this.#child = child;
    this.#own = own;
    this.#grace = grace;
  }

  /** Whether it was asked to end before it did. */
  get asked(): boolean {
    return this.#timer !== undefined;
  }

  /** @param signal the one to ask a child with that has none of its own: what came from outside is handed on. */
  ask(signal: NodeJS.Signals = 'SIGTERM'): void {
    if (this.#timer !== undefined) return;
    this.#child.signal(this.#own ?? signal);
    this.#timer = setTimeout(() => this.#child.signal('SIGKILL'), this.#grace);
  }

  /** The process has ended. */
  done(): void {
    clearTimeout(this.#timer);
  }
}
