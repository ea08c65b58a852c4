import { html, type TemplateResult } from 'lit';
import { icon } from '../../shared/icon.ts';
import type { MessageBox } from '../model/messageBox.ts';
import type { PanelActions } from './actions.ts';
import { onKey } from './question.ts';

/** Where the person writes to the agent. It says how the text will arrive. */
export function composer(
  name: string,
  draft: string,
  box: MessageBox,
  actions: PanelActions,
): TemplateResult {
  const isEmpty = draft.trim() === '';
  const why = box.why ?? (isEmpty ? 'Write something first' : null);
  return html`<form class="composer" aria-label="Message" @submit=${(event: Event) => event.preventDefault()}>
    <vscode-text-area
      class="unlabelled message"
      rows="2"
      placeholder=${`Message to ${name} (Ctrl+Enter sends)`}
      ?disabled=${box.why !== null}
      .value=${draft}
      @input=${(event: Event) => actions.draft((event.target as HTMLTextAreaElement).value)}
      @keydown=${onKey(() => actions.send())}
      >${`Message to ${name}`}</vscode-text-area
    >
    <div class="send">
      <span class="muted">${box.hint}</span>
      <vscode-button
        appearance="secondary"
        .ariaDisabled=${why === null ? 'false' : 'true'}
        title=${why ?? 'Ctrl+Enter'}
        @click=${() => actions.send()}
        >${icon(box.does === 'resume' ? 'debug-continue' : 'send')}${box.button}</vscode-button
      >
    </div>
  </form>`;
}
