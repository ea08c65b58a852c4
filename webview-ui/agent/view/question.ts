import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icon.ts';
import { markIcon } from '../../shared/parts.ts';
import { when } from '../../shared/when.ts';
import type { ShownMessage } from '../../../src/protocol/agent.ts';
import type { PanelActions } from './actions.ts';

/** The question with which an agent waits, and the box for its answer: the one thing that is asked of the person. */
export const questionBox = (
  question: ShownMessage,
  draft: string,
  more: number,
  actions: PanelActions,
): TemplateResult =>
  html`<section class="question" aria-label=${`${question.senderName} asks`}>
    <div class="rt">
      ${markIcon({ icon: 'question', tone: 'yellow' })}<b>${question.senderName} asks you</b>
      <span class="muted">${when(question.createdAt)}</span>
      ${more === 0 ? nothing : html`<span class="muted">and ${more} more behind it</span>`}
    </div>
    <sloop-said class="doc" .text=${question.body}></sloop-said>
    <form @submit=${(event: Event) => event.preventDefault()}>
      <vscode-text-area
        class="unlabelled answer"
        rows="2"
        placeholder="Your answer (Ctrl+Enter sends)"
        .value=${draft}
        @input=${(event: Event) => actions.answerDraft((event.target as HTMLTextAreaElement).value)}
        @keydown=${onKey(() => actions.answer())}
        >Your answer</vscode-text-area
      >
      <vscode-button
        appearance="primary"
        .ariaDisabled=${draft.trim() === '' ? 'true' : 'false'}
        title=${draft.trim() === '' ? 'Write the answer first' : 'Ctrl+Enter'}
        @click=${() => actions.answer()}
        >${icon('reply')}Answer</vscode-button
      >
    </form>
  </section>`;

/** Ctrl+Enter and Cmd+Enter send. */
export const onKey = (send: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.stopPropagation();
  send();
};
