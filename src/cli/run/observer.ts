import type { Observation } from '../../agents/providers/observation.ts';
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
  #lastRetry = '';
  #aliveAt = 0;

  constructor(display: Display, reporter: Reporter) {
    this.#display = display;
    this.#reporter = reporter;
  }

  get lastMessage(): string | null {
    return this.#lastMessage;
  }

  /** The end of what the process said on its standard error. */
  get stderrTail(): string {
    return this.#stderr.text();
  }

  /** What one line of output shows; one that shows nothing is a sign of life all the same. */
  line(observations: readonly Observation[]): void {
    for (const observation of observations) this.observe(observation);
    if (observations.length > 0 || Date.now() - this.#aliveAt < aliveEveryMs) return;
    this.#aliveAt = Date.now();
    this.#reporter.see({ kind: 'alive' });
  }

  errorLine(line: string): void {
    this.#stderr.add(line);
    this.#reporter.see({ kind: 'raw', text: line });
  }

  observe(observation: Observation): void {
    if (observation.kind === 'retrying') {
      // Some CLIs say so many times a minute, for ever.
      if (observation.reason === this.#lastRetry) return;
      this.#lastRetry = observation.reason;
    } else this.#lastRetry = '';
    if (observation.kind === 'said') this.#lastMessage = observation.text;
    if (observation.kind === 'ended') this.#lastMessage = observation.text ?? this.#lastMessage;
    this.#display.show(observation);
    for (const seen of seenOf(observation)) this.#reporter.see(seen);
  }

  /** A remark by Sloop itself; `attention` asks a person to look. */
  note(text: string, kind: 'note' | 'attention' = 'note'): void {
    this.#display.note(text);
    this.#reporter.see({ kind, text });
  }
}
