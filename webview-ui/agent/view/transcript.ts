import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LogPiece } from '../../../src/protocol/agent.ts';
import { icon } from '../../shared/icon.ts';
import { counted, timeOfDay } from '../../shared/words.ts';
import type { Finds } from '../logFeed.ts';
import type { Entry } from '../model/entries.ts';
import { excerptOf } from '../model/excerpt.ts';
import type { PieceWindow } from '../model/pieceWindow.ts';
import type { PanelActions } from './actions.ts';
import { entryRow, type EntryState } from './entry.ts';

export interface TranscriptState extends EntryState {
  readonly window: PieceWindow;
  readonly entries: readonly Entry[];
  readonly follows: boolean;
  readonly isLive: boolean;
  readonly search: string;
  readonly finds: Finds | null;
}

/** What the agent said and did, with what finds something in it. */
export const transcript = (state: TranscriptState, actions: PanelActions): TemplateResult =>
  html`<div class="tools-bar" role="toolbar" aria-label="Transcript">
      <label class="search">
        ${icon('search')}
        <input
          type="search"
          placeholder="Search this log"
          aria-label="Search this log"
          .value=${state.search}
          @input=${(event: Event) => actions.search((event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key !== 'Escape' || state.search === '') return;
            event.preventDefault();
            event.stopPropagation();
            actions.search('');
          }}
        />
      </label>
      <vscode-button
        class="follow"
        appearance="secondary"
        .ariaPressed=${String(state.follows)}
        title=${state.follows ? 'Stays at the end as more comes' : 'Go to the end and stay there'}
        @click=${() => actions.toggleFollow()}
        >${icon(state.follows ? 'pinned' : 'pin')}Follow</vscode-button
      >
    </div>
    ${state.finds === null || state.search === '' ? log(state, actions) : findsList(state.finds, actions)}`;

function log(state: TranscriptState, actions: PanelActions): TemplateResult {
  const { entries, window, isLive } = state;
  return html`<div class="log" tabindex="0" aria-label="Transcript" role="log" aria-live="off">
      <ol class="entries">
        ${
          window.older > 0
            ? html`<li class="edge muted" role="status">${counted(window.older, 'earlier piece')}</li>`
            : nothing
        }
        ${
          entries.length === 0
            ? html`<li class="edge muted">${isLive ? 'Nothing written yet.' : 'Nothing was written.'}</li>`
            : nothing
        }
        ${repeat(
          entries,
          ({ key }) => key,
          (entry) => entryRow(entry, state, actions),
        )}
        ${
          window.newer > 0
            ? html`<li class="edge muted" role="status">${counted(window.newer, 'later piece')}</li>`
            : nothing
        }
      </ol>
    </div>
    ${
      state.follows
        ? nothing
        : html`<vscode-button
            class="to-end"
            appearance="secondary"
            aria-label=${window.newer > 0 ? `To the end: ${window.newer} later pieces` : 'To the end'}
            title="To the end"
            @click=${() => actions.toEnd()}
            >${icon('arrow-down')}${window.newer > 0 ? counted(window.newer, 'new piece') : 'To the end'}</vscode-button
          >`
    }`;
}

const findsList = (finds: Finds, actions: PanelActions): TemplateResult =>
  html`<div class="log" tabindex="-1">
    <p class="edge muted" role="status">${findsText(finds)}</p>
    <ul class="finds">
      ${finds.items.map((piece) => find(piece, finds.text, actions))}
    </ul>
    ${
      finds.next === null
        ? nothing
        : html`<vscode-button appearance="secondary" @click=${() => actions.moreFinds()}
            >Show more finds</vscode-button
          >`
    }
  </div>`;

const findsText = ({ items, more, text }: Finds): string =>
  items.length === 0
    ? `Nothing in this log has “${text}” in it.`
    : `${counted(items.length + more, 'piece')} with “${text}”, newest first. Choose one to see it in its place.`;

function find(piece: LogPiece, wanted: string, actions: PanelActions): TemplateResult {
  const { before, hit, after } = excerptOf(piece.content, wanted);
  return html`<li>
    <button type="button" class="find" @click=${() => actions.goTo(piece.sequence)}>
      <time class="num muted" datetime=${piece.time}>${timeOfDay(piece.time)}</time>
      <span class="cut">${before}<mark>${hit}</mark>${after}</span>
    </button>
  </li>`;
}
