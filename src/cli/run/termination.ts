import type { Child } from './childProcess.ts';

/** How long a process has to end by itself before it is killed. */
export const graceMs = 10_000;

/** Ends the agent's process: first it is asked, then it is killed. Asking twice is asking once. */
export class Termination {
  readonly #child: Pick<Child, 'signal'>;
  readonly #grace: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(child: Pick<Child, 'signal'>, grace: number = graceMs) {
    this.#child = child;
    this.#grace = grace;
  }

  /** @param signal the one to ask with: what came from outside is handed on as it is. */
  ask(signal: NodeJS.Signals = 'SIGTERM'): void {
    if (this.#timer !== undefined) return;
    this.#child.signal(signal);
    this.#timer = setTimeout(() => this.#child.signal('SIGKILL'), this.#grace);
  }

  /** The process has ended. */
  done(): void {
    clearTimeout(this.#timer);
  }
}
