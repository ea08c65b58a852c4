import { html, nothing, type TemplateResult } from 'lit';

/**
 * A codicon by its name. Without a label it is decoration, hidden from screen readers: the text beside it speaks.
 * @param label what it says where no text does.
 */
export const icon = (name: string, label?: string): TemplateResult =>
  html`<span
    class="codicon codicon-${name}"
    role=${label === undefined ? nothing : 'img'}
    aria-label=${label ?? nothing}
    title=${label ?? nothing}
    aria-hidden=${label === undefined ? 'true' : nothing}
  ></span>`;
