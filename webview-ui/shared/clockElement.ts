import { LitElement } from 'lit';
import { shownMs, still, untilNextSecond, type Clock } from './clock.ts';
import { clockText } from './words.ts';

/** `<sloop-clock>`: a duration that goes on ticking by itself, so that nothing else is drawn anew each second. */
class ClockElement extends LitElement {
  static override properties = { clock: { attribute: false } };
  declare clock: Clock;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.clock = still(0);
  }

  /** The page's own styles apply to it. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): string {
    const now = Date.now();
    clearTimeout(this.#timer);
    const wait = untilNextSecond(this.clock, now);
    if (wait !== null && this.isConnected) this.#timer = setTimeout(() => this.requestUpdate(), wait);
    return clockText(shownMs(this.clock, now));
  }
}

export const registerClock = (): void => customElements.define('sloop-clock', ClockElement);
