import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../shared/icon.ts';
import type { Cell } from '../model/cells.ts';
import type { Column } from '../model/columns.ts';
import { stageIcon } from '../model/mark.ts';
import type { CellKey } from '../model/snapshot.ts';
import { counted } from '../../shared/words.ts';
import { chip, markIcon } from '../../shared/parts.ts';
import type { LoopActions } from './parts.ts';

export interface StagesState {
  /** The stage that the rail shows. */
  readonly chosen: CellKey | null;
  /** The one that Tab leads to. */
  readonly focused: CellKey | null;
  readonly isNarrow: boolean;
  /** Past rounds that were unfolded where there is little room. */
  readonly unfolded: ReadonlySet<number>;
  readonly earlier: number;
  /** The rail, where it stands in place below the chosen card. */
  readonly inlineRail: TemplateResult | typeof nothing;
}

/** Rows are stages, columns are rounds. The order in the page is round by round, as it is read aloud. */
export function stagesGrid(
  columns: readonly Column[],
  state: StagesState,
  actions: LoopActions,
): TemplateResult {
  const rows = columns.at(-1)?.cells ?? [];
  // As a property: the page's policy refuses style attributes, and lit's styleMap begins with one.
  const size = `--rounds: ${columns.length}; --stages: ${rows.length}`;
  return html`${state.earlier > 0 ? earlierBar(state.earlier, actions) : nothing}
    <div
      class="grid"
      role="grid"
      aria-label="Stages by round"
      .style=${size}
      @keydown=${(event: KeyboardEvent) => actions.onGridKey(event)}
    >
      <div class="roles" aria-hidden="true">
        <span></span>
        ${rows.map(
          ({ name, role }) =>
            html`<span title=${name}>${icon(stageIcon(name, role))}<span class="cut">${name}</span></span>`,
        )}
      </div>
      <div class="scroller rounds" role="presentation" data-keep="grid">
        ${repeat(
          columns,
          ({ number }) => number,
          (column) => round(column, state, actions),
        )}
      </div>
    </div>`;
}

const earlierBar = (count: number, actions: LoopActions): TemplateResult =>
  html`<p class="earlier muted">
    ${counted(count, 'earlier round')} not shown
    <button class="link" type="button" @click=${() => actions.showEarlier()}>Show earlier rounds</button>
  </p>`;

function round(column: Column, state: StagesState, actions: LoopActions): TemplateResult {
  const { number, word, kind, clock, cells } = column;
  const folds = state.isNarrow && kind === 'past';
  const isOpen = !state.isNarrow || kind === 'newest' || state.unfolded.has(number);
  return html`<div class="round ${kind}" role="rowgroup" aria-label=${`Round ${number}`}>
    <div class="rh" role="row">
      <div role="rowheader" class="rhc">
        ${
          folds
            ? html`<button
                class="ib"
                type="button"
                aria-expanded=${isOpen}
                aria-label=${`Round ${number}`}
                title=${isOpen ? `Hide round ${number}` : `Show round ${number}`}
                @click=${() => actions.toggleRound(number)}
              >
                ${icon(isOpen ? 'chevron-down' : 'chevron-right')}
              </button>`
            : nothing
        }
        <h2>Round ${number}</h2>
        <span class="cut word" title=${word}>${word}</span>
        <span class="t num"
          >${clock === null ? nothing : html`<sloop-clock .clock=${clock}></sloop-clock>`}</span
        >
      </div>
    </div>
    ${
      isOpen
        ? repeat(
            cells,
            ({ key }) => key,
            (cell) =>
              html`<div role="row" class="row">${card(cell, kind, state, actions)}</div>
                ${state.isNarrow && state.chosen === cell.key ? state.inlineRail : nothing}`,
          )
        : nothing
    }
  </div>`;
}

function card(cell: Cell, kind: Column['kind'], state: StagesState, actions: LoopActions): TemplateResult {
  const isChosen = state.chosen === cell.key;
  return html`<article
    class="card ${isChosen ? 'sel' : ''} ${cell.hasBegun ? '' : 'todo'} ${kind === 'ghost' ? 'ghost' : ''}"
    role="gridcell"
    data-key=${cell.key}
    tabindex=${state.focused === cell.key ? 0 : -1}
    aria-selected=${isChosen}
    aria-label=${cell.label}
    @click=${() => actions.choose(cell.key)}
  >
    <div class="who">
      ${markIcon(cell.mark)}<span class="role cut">${cell.name}</span><b class="cut">${cell.who}</b>
    </div>
    <span class="d num"
      >${cell.clock === null ? nothing : html`<sloop-clock .clock=${cell.clock}></sloop-clock>`}</span
    >
    <p class="out cut" title=${cell.outcome}>${cell.outcome}</p>
    <div class="ft">${cell.chip === null ? nothing : chip(cell.chip)}${cardActions(cell, actions)}</div>
  </article>`;
}

/** By mouse only: the keys L, O and T do the same, so that a card stays one tab stop. */
function cardActions(cell: Cell, actions: LoopActions): TemplateResult | typeof nothing {
  const { agentId, stage, name, round: number } = cell;
  const artifact = stage?.artifactId ?? null;
  if (agentId === null && artifact === null) return nothing;
  const place = `of ${name}, round ${number}`;
  const button = (look: string, title: string, key: string, run: () => void) =>
    html`<button
      class="ib"
      type="button"
      tabindex="-1"
      title=${`${title} (${key})`}
      aria-label=${`${title} ${place}`}
      @click=${(event: Event) => {
        event.stopPropagation();
        run();
      }}
    >
      ${icon(look)}
    </button>`;
  return html`<span class="acts">
    ${agentId === null ? nothing : button('list-flat', 'Open log', 'L', () => actions.openLog(agentId))}
    ${artifact === null ? nothing : button('output', 'Open output', 'O', () => actions.openArtifact(artifact, null))}
    ${agentId === null ? nothing : button('terminal', 'Show terminal', 'T', () => actions.showTerminal(agentId))}
  </span>`;
}
