import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icon.ts';
import { ticking, still } from '../../shared/clock.ts';
import { limitBars, type LimitBar } from '../model/limits.ts';
import { loopMark } from '../model/mark.ts';
import type { MoveName, Moves } from '../model/moves.ts';
import { gateOf, hasEnded, liveAgentOf, type Snapshot } from '../model/snapshot.ts';
import { clockText, counted, moneyText } from '../../shared/words.ts';
import { chip } from '../../shared/parts.ts';
import { moveButton, moveLooks, type LoopActions } from './parts.ts';

export interface HeadState {
  readonly moves: Moves;
  readonly isStory: boolean;
  readonly isNarrow: boolean;
  readonly isGoalOpen: boolean;
  readonly isMenuOpen: boolean;
  /** Moves that the banner offers already. */
  readonly elsewhere: ReadonlySet<string>;
}

const longGoal = 90;

/** Goal, status, buttons, limits. */
export function head(snapshot: Snapshot, state: HeadState, actions: LoopActions): TemplateResult {
  const { loop } = snapshot;
  const goal = loop.goal.trim();
  const [title = goal] = goal.split('\n');
  const isLong = goal.includes('\n') || goal.length > longGoal;
  return html`<header class="head">
    <div class="title">
      <h1 class="cut" title=${goal.slice(0, 1000)}>${title}</h1>
      ${isLong ? goalToggle(state, actions) : nothing}
      <span role="status">${chip(loopMark(loop, gateOf(snapshot) !== null))}</span>
    </div>
    <div class="bar" role="toolbar" aria-label="Loop">${buttons(snapshot, state, actions)}</div>
    ${isLong && state.isGoalOpen ? html`<p class="goal" id="goal" tabindex="0">${goal}</p>` : nothing}
    <div class="meta">${hasEnded(loop) ? endMeta(snapshot) : runMeta(snapshot)}</div>
  </header>`;
}

const goalToggle = ({ isGoalOpen }: HeadState, actions: LoopActions): TemplateResult =>
  html`<vscode-button
    appearance="icon"
    aria-label="Whole goal"
    title=${isGoalOpen ? 'Hide the whole goal' : 'Show the whole goal'}
    .ariaExpanded=${String(isGoalOpen)}
    @click=${() => actions.toggleGoal()}
    >${icon(isGoalOpen ? 'chevron-up' : 'chevron-down')}</vscode-button
  >`;

function buttons(snapshot: Snapshot, state: HeadState, actions: LoopActions): unknown {
  const { moves, isStory } = state;
  if (hasEnded(snapshot.loop))
    return html`<vscode-button appearance="secondary" @click=${() => actions.showStory(!isStory)}
      >${icon(isStory ? 'table' : 'book')}${isStory ? 'Show stages' : 'Show story'}</vscode-button
    >`;
  const here = (name: MoveName) => !state.elsewhere.has(name);
  const first = (['pause', 'resume'] as const).filter((name) => moves[name].allowed && here(name));
  const last = (['approve', 'oneMoreRound'] as const).filter(here);
  const shown: readonly MoveName[] = [...first, 'stop', ...(state.isNarrow ? [] : last)];
  return html`${shown.map((name) => moveButton(name, moves[name], actions))}
  ${state.isNarrow && last.length > 0 ? menu(last, state, actions) : nothing}`;
}

/** Where there is little room, the rarer moves stand behind "…". */
function menu(
  names: readonly MoveName[],
  { moves, isMenuOpen }: HeadState,
  actions: LoopActions,
): TemplateResult {
  const labels = names.map((name) => moveLooks[name].label).join(', ');
  return html`<div class="more">
    <vscode-button
      appearance="icon"
      aria-label=${`More actions: ${labels}`}
      title="More actions"
      .ariaHaspopup=${'menu'}
      .ariaExpanded=${String(isMenuOpen)}
      @click=${() => actions.toggleMenu()}
      >${icon('ellipsis')}</vscode-button
    >
    ${
      isMenuOpen
        ? html`<div class="menu" role="menu" aria-label="More actions">
            ${names.map((name) => {
              const move = moves[name];
              return html`<button
                type="button"
                role="menuitem"
                aria-disabled=${move.allowed ? 'false' : 'true'}
                title=${move.allowed ? moveLooks[name].hint : move.why}
                @click=${() => actions.move(name)}
              >
                ${icon(moveLooks[name].icon)}${moveLooks[name].label}
              </button>`;
            })}
          </div>`
        : nothing
    }
  </div>`;
}

const fact = (name: string, value: unknown): TemplateResult =>
  html`<span class="num"><span class="k">${name}</span>${value}</span>`;

function runMeta({ loop, readAt }: Snapshot): TemplateResult {
  const isWorking = loop.rounds.at(-1)?.stages.some((stage) => liveAgentOf(stage) !== null) === true;
  const clock = isWorking ? ticking(loop.workedMs, readAt) : still(loop.workedMs);
  return html`${fact('Definition', loop.definition)}
    ${fact('Elapsed', html`<sloop-clock .clock=${clock}></sloop-clock>`)}
    ${loop.budgetUsd === null && loop.costUsd > 0 ? fact('Cost', moneyText(loop.costUsd)) : nothing}
    <div class="lims" role="group" aria-label="Limits">
      ${limitBars(loop, readAt, Date.now()).map(limit)}
    </div>`;
}

const limit = ({ text, percent, isNear }: LimitBar): TemplateResult =>
  html`<span class="lim num ${isNear ? 'near' : ''}"
    ><span>${text}</span
    ><i role="progressbar" aria-label=${text} aria-valuenow=${percent} aria-valuemin="0" aria-valuemax="100"
      ><b .style=${`width: ${percent}%`}></b></i
  ></span>`;

function endMeta({ loop }: Snapshot): TemplateResult {
  const budget = loop.budgetUsd === null ? '' : ` of ${moneyText(loop.budgetUsd)}`;
  const rounds = `${counted(loop.round, 'round')} of ${loop.maxIterations}`;
  return html`${fact('Definition', loop.definition)}
  ${fact('Took', `${clockText(loop.workedMs)} in ${rounds}`)}
  ${loop.costUsd > 0 || loop.budgetUsd !== null ? fact('Cost', `${moneyText(loop.costUsd)}${budget}`) : nothing}`;
}
