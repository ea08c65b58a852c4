import { html, LitElement, type TemplateResult } from 'lit';
import { nextTick, relativeTime } from './relativeTime.ts';

/** `<sloop-when>`: a time as "12 min ago" that goes on ticking by itself, with the full time as its title. */
class When extends LitElement {
  static override properties = { at: { type: String } };
  declare at: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The page's own styles apply to it. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const then = Date.parse(this.at);
    const now = Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.requestUpdate(), nextTick(then, now));
    return html`<time datetime=${this.at} title=${new Date(then).toLocaleString()}
      >${relativeTime(then, now)}</time
    >`;
  }
}

/** To be called once by each view that shows times. */
export const registerWhen = (): void => customElements.define('sloop-when', When);

/** A moment as a person says it, kept true while it is on screen. */
export const when = (at: string): TemplateResult => html`<sloop-when .at=${at}></sloop-when>`;
