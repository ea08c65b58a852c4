import { LitElement, type PropertyValues } from 'lit';
import { highlightedHtml } from '../../shared/highlight.ts';
import { markdownParser } from '../../shared/markdownParser.ts';
import { purified } from '../../shared/purified.ts';

const parser = markdownParser(highlightedHtml);

/** `<sloop-said>`: what an agent said, as Markdown. It is read once, and again only when the text is another. */
class Said extends LitElement {
  static override properties = { text: { type: String } };
  declare text: string;

  /** The page's own styles apply to it. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('text')) return;
    this.replaceChildren(purified(parser.render(this.text)));
    // A block of code may be wider than the page: it scrolls, and keys must reach that too.
    for (const block of this.querySelectorAll('pre')) block.tabIndex = 0;
  }
}

export const registerSaid = (): void => customElements.define('sloop-said', Said);
