import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icon.ts';
import type { Banner, BannerAction } from '../model/banner.ts';
import type { Moves } from '../model/moves.ts';
import { inlineCode, markIcon } from '../../shared/parts.ts';
import { moveButton, type LoopActions } from './parts.ts';

/** Says that a person is needed, with what they can do about it; its first button is the screen's one primary. */
export const bannerBar = (banner: Banner, moves: Moves, actions: LoopActions): TemplateResult =>
  html`<div class="banner ${banner.tone}" role="alert">
    ${markIcon(banner)}
    <p><strong>${banner.head}</strong>${banner.text === '' ? nothing : inlineCode(banner.text)}</p>
    ${banner.actions.map((action, index) => actionButton(action, index === 0, moves, actions))}
  </div>`;

function actionButton(
  action: BannerAction,
  isFirst: boolean,
  moves: Moves,
  actions: LoopActions,
): TemplateResult {
  if (action.do !== 'review') return moveButton(action.do, moves[action.do], actions, isFirst);
  const { artifact, version, label } = action;
  return html`<vscode-button appearance="primary" @click=${() => actions.openArtifact(artifact, version)}
    >${icon('git-pull-request-go-to-changes')}${label}</vscode-button
  >`;
}

/** What was refused, or could not be read. It stays until it is put away or mended. */
export const noticeBar = (text: string, actions: LoopActions, retry: boolean): TemplateResult =>
  html`<div class="banner red" role="alert">
    ${markIcon({ icon: 'error', tone: 'red' })}
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
