import type { Observation } from '../../agents/providers/observation.ts';
import type { FailureKind } from '../../domain/agent/observed.ts';
import type { Display } from './display.ts';
import type { Reporter } from './reporter.ts';
import { seenOf } from './seenOf.ts';
import { Tail } from './tail.ts';

const aliveEveryMs = 20_000;

/** Tells both who watches the terminal and the host what the agent does. */
export class Observer {
  readonly #display: Display;
  readonly #reporter: Reporter;
  readonly #stderr = new Tail(40);
  #lastMessage: string | null = null;
  #failure: FailureKind | null = null;
  #lastRetry = '';
  #aliveAt = 0;

  constructor(display: Display, reporter: Reporter) {
    this.#display = display;
    this.#reporter = reporter;
  }

  get lastMessage(): string | null {
    return this.#lastMessage;
  }

  /** Why its CLI could not go on; null where it worked on after all. */
  get failure(): FailureKind | null {
    return this.#failure;
  }

  /** The end of what the process said on its standard error. */
  get stderrTail(): string {
    return this.#stderr.text();
  }

  /** What one line of output shows; one that shows nothing is a sign of life all the same. */
  line(observations: readonly Observation[]): void {
    for (const observation of observations) this.observe(observation);
    if (observations.length === 0) this.#sawLife();
  }

  /** @param shown what the parser makes of it; undefined for a line like any other, which is kept as it came. */
  errorLine(line: string, shown?: readonly Observation[]): void {
    this.#stderr.add(line);
    if (shown === undefined) this.#reporter.see({ kind: 'raw', text: line });
    else for (const observation of shown) this.observe(observation);
  }

  /** The same for what is read in a file while the terminal is the agent's own: it is not shown there. */
  overhear(observations: readonly Observation[]): void {
    for (const observation of observations) this.#take(observation);
    if (observations.length === 0) this.#sawLife();
  }

  observe(observation: Observation): void {
    if (this.#take(observation)) this.#display.show(observation);
  }

  /** Tells the host, but for what it was just told. */
  #take(observation: Observation): boolean {
    if (observation.kind === 'retrying') {
      // Some CLIs say so many times a minute, for ever.
      if (observation.reason === this.#lastRetry) return false;
      this.#lastRetry = observation.reason;
    } else this.#lastRetry = '';
    if (observation.kind === 'failed') this.#failure = observation.failure;
    if (observation.kind === 'used') this.#failure = null;
    if (observation.kind === 'said') this.#lastMessage = observation.text;
    if (observation.kind === 'ended') this.#lastMessage = observation.text ?? this.#lastMessage;
    for (const seen of seenOf(observation)) this.#reporter.see(seen);
    return true;
  }

  #sawLife(): void {
    if (Date.now() - this.#aliveAt < aliveEveryMs) return;
    this.#aliveAt = Date.now();
    this.#reporter.see({ kind: 'alive' });
  }

  /** A remark by Sloop itself; `attention` asks a person to look. */
  note(text: string, kind: 'note' | 'attention' = 'note'): void {
    this.#display.note(text);
    this.#reporter.see({ kind, text });
  }
}
