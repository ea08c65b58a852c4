import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';
import type { Mark } from './mark.ts';

/** An icon in its colour; the word beside it says the same. */
export const markIcon = ({ icon: name, tone }: Pick<Mark, 'icon' | 'tone'>): TemplateResult =>
  html`<span class="tone ${tone} ${name === 'loading' ? 'spin' : ''}">${icon(name)}</span>`;

export const chip = (mark: Mark, rest: unknown = nothing): TemplateResult =>
  html`<span class="chip">${markIcon(mark)}<span class="cut">${mark.word}</span>${rest}</span>`;

/** Text with `code` set as such. */
export const inlineCode = (text: string): readonly unknown[] =>
  text.split(/`([^`\n]+)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));

export const link = (label: unknown, onClick: () => void, name?: string): TemplateResult =>
  html`<button class="link" type="button" aria-label=${name ?? nothing} @click=${onClick}>${label}</button>`;
