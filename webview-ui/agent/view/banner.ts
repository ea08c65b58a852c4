import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icon.ts';
import { inlineCode, markIcon } from '../../shared/parts.ts';
import type { ShownAgent } from '../../../src/protocol/agent.ts';
import type { Banner } from '../model/standing.ts';
import type { PanelActions } from './actions.ts';
import { actionButton } from './head.ts';

/** Why a person should look, and what they can do about it. */
export const bannerBar = (banner: Banner, agent: ShownAgent, actions: PanelActions): TemplateResult =>
  html`<div class="banner ${banner.tone}" role=${banner.tone === 'muted' ? 'status' : 'alert'}>
    ${markIcon(banner)}
    <p><strong>${banner.head}</strong>${banner.text === '' ? nothing : inlineCode(banner.text)}</p>
    ${banner.actions.map((name, index) =>
      actionButton({ name, why: name === 'resume' ? agent.notResumable : null }, actions, index === 0),
    )}
  </div>`;

/** What was refused or done; it stays until it is put away or mended. */
export const noticeBar = (
  { text, isFault }: { readonly text: string; readonly isFault: boolean },
  actions: PanelActions,
  retry: boolean,
): TemplateResult =>
  html`<div class="banner ${isFault ? 'red' : 'muted'}" role=${isFault ? 'alert' : 'status'}>
    ${markIcon(isFault ? { icon: 'error', tone: 'red' } : { icon: 'check', tone: 'green' })}
    <p>${text}</p>
    ${
      retry
        ? html`<vscode-button appearance="secondary" @click=${() => actions.retry()}
            >Try again</vscode-button
          >`
        : html`<vscode-button
            appearance="icon"
            aria-label="Put this message away"
            title="Put this message away"
            @click=${() => actions.dismissNotice()}
            >${icon('close')}</vscode-button
          >`
    }
  </div>`;
