import { html, nothing, type TemplateResult } from 'lit';
import { still, ticking } from '../../shared/clock.ts';
import { icon } from '../../shared/icon.ts';
import { chip } from '../../shared/parts.ts';
import { clockText, moneyText } from '../../shared/words.ts';
import { actionLooks, type Action, type ActionName } from '../model/actions.ts';
import { isLive, type AgentFacts } from '../model/facts.ts';
import { agentMark } from '../model/standing.ts';
import { roleIcon } from '../model/roleIcon.ts';
import type { PanelActions } from './actions.ts';

export interface HeadState {
  readonly bar: readonly Action[];
  readonly menu: readonly Action[];
  readonly isMenuOpen: boolean;
}

/** Name, status, buttons, and what the agent is. */
export function head(facts: AgentFacts, state: HeadState, actions: PanelActions): TemplateResult {
  const { agent, question, worktrees } = facts;
  const preparing = worktrees.some(({ status }) => status === 'requested');
  return html`<header class="head">
    <div class="title">
      ${icon(roleIcon(agent.role))}
      <h1 class="cut" title=${agent.name}>${agent.name}</h1>
      <span class="muted">${agent.role}</span>
      <span role="status">${chip(agentMark(agent, question !== null, preparing))}</span>
    </div>
    <div class="bar" role="toolbar" aria-label="Agent">
      ${state.bar.map((action) => actionButton(action, actions))} ${menu(state, actions)}
    </div>
    <div class="meta">${meta(facts, actions)}</div>
  </header>`;
}

/** What remains of an agent that was deleted. */
export const headOfGone = (name: string | null): TemplateResult =>
  html`<header class="head">
    <div class="title">
      ${icon('hubot')}
      <h1 class="cut">${name ?? 'An agent'}</h1>
      <span role="status">${chip({ icon: 'trash', tone: 'muted', word: 'deleted' })}</span>
    </div>
  </header>`;

export const actionButton = (
  { name, why }: Action,
  actions: PanelActions,
  isPrimary = false,
): TemplateResult =>
  html`<vscode-button
    appearance=${isPrimary ? 'primary' : 'secondary'}
    .ariaDisabled=${why === null ? 'false' : 'true'}
    title=${why ?? actionLooks[name].hint}
    @click=${() => actions.act(name)}
    >${icon(actionLooks[name].icon)}${actionLooks[name].label}</vscode-button
  >`;

const menu = ({ menu: items, isMenuOpen }: HeadState, actions: PanelActions): TemplateResult =>
  html`<div class="more">
    <vscode-button
      appearance="icon"
      aria-label="More actions"
      title="More actions"
      .ariaHaspopup=${'menu'}
      .ariaExpanded=${String(isMenuOpen)}
      @click=${() => actions.toggleMenu()}
      >${icon('ellipsis')}</vscode-button
    >
    ${
      isMenuOpen
        ? html`<div class="menu" role="menu" aria-label="More actions">
            ${items.map(({ name }) => menuItem(name, actions))}
          </div>`
        : nothing
    }
  </div>`;

const menuItem = (name: ActionName, actions: PanelActions): TemplateResult =>
  html`<button
    type="button"
    role="menuitem"
    title=${actionLooks[name].hint}
    @click=${() => actions.act(name)}
  >
    ${icon(actionLooks[name].icon)}${actionLooks[name].label}
  </button>`;

const fact = (name: string, value: unknown): TemplateResult =>
  html`<span class="num cut"><span class="k">${name}</span>${value}</span>`;

function meta({ agent, readAt, todo, project, sprint }: AgentFacts, actions: PanelActions): unknown {
  const began = Date.parse(agent.createdAt);
  const passed = (agent.endedAt === null ? readAt : Date.parse(agent.endedAt)) - began;
  const clock = isLive(agent) ? ticking(passed, readAt) : still(passed);
  const link = (noun: 'todo' | 'sprint' | 'project', id: string, label: string) =>
    html`<button class="link cut" type="button" title=${label} @click=${() => actions.reveal(noun, id)}>
      ${label}
    </button>`;
  return html`${todo === null ? nothing : fact('Todo', link('todo', todo.id, todo.title))}
  ${sprint === null ? nothing : fact('Sprint', link('sprint', sprint.id, String(sprint.number)))}
  ${project === null ? nothing : fact('Project', link('project', project.id, project.title))}
  ${fact('Provider', agent.model === null ? agent.provider : `${agent.provider}, ${agent.model}`)}
  ${fact(
    isLive(agent) ? 'For' : 'Took',
    isLive(agent) ? html`<sloop-clock .clock=${clock}></sloop-clock>` : clockText(clock.ms),
  )}
  ${agent.costUsd > 0 ? fact('Cost', moneyText(agent.costUsd)) : nothing}`;
}
