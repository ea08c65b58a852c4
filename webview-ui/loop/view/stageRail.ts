import { html, nothing, type TemplateResult } from 'lit';
import type { ShownStage } from '../../../src/protocol/loop.ts';
import { icon } from '../../shared/icon.ts';
import { when } from '../../shared/when.ts';
import type { Cell } from '../model/cells.ts';
import { stageIcon } from '../model/mark.ts';
import { liveAgentOf, type AgentSheet, type Gate } from '../model/snapshot.ts';
import { taskOf } from '../model/task.ts';
import { capital, moneyText, tokensText } from '../../shared/words.ts';
import { findingTitle, severity } from './findings.ts';
import { chip, inlineCode, link } from '../../shared/parts.ts';
import type { LoopActions } from './parts.ts';

export interface RailState {
  readonly cell: Cell;
  readonly sheet: AgentSheet | undefined;
  readonly gate: Gate | null;
  /** What comes after the stage that waits at the gate. */
  readonly nextStage: string | undefined;
  /** The note being written to the stage's agent; null while nobody writes one. */
  readonly draft: string | null;
}

/** All about the chosen stage. */
export function stageRail(state: RailState, actions: LoopActions): TemplateResult {
  const { cell } = state;
  return html`<div class="rail-head">
      <div class="rt">
        ${icon(stageIcon(cell.name, cell.role))}<b>${cell.name}</b
        ><span class="muted">round ${cell.round}</span>
      </div>
      <div class="rt">
        <span class="cut">${agentLink(cell, actions)}</span>
        <span class="end">${chip(cell.chip ?? cell.mark, clockBeside(cell))}</span>
      </div>
      ${railButtons(state, actions)}
    </div>
    ${cell.stage === null ? notStarted() : sections(state, cell.stage, actions)}`;
}

/** The agent's name leads to its panel; who has none is only named. */
const agentLink = ({ agentId, who }: Cell, actions: LoopActions): unknown =>
  agentId === null ? who : link(who, () => actions.openAgent(agentId), `Open ${who}`);

const clockBeside = ({ clock }: Cell): unknown =>
  clock !== null && clock.since !== null
    ? html`<span class="num"><sloop-clock .clock=${clock}></sloop-clock></span>`
    : nothing;

function railButtons({ cell, draft }: RailState, actions: LoopActions): unknown {
  const { agentId, stage } = cell;
  if (agentId === null || stage === null) return nothing;
  const button = (look: string, label: string, run: () => void) =>
    html`<vscode-button appearance="secondary" @click=${run}>${icon(look)}${label}</vscode-button>`;
  const isLive = liveAgentOf(stage) === agentId;
  const artifact = stage.artifactId;
  return html`<div class="row-of" role="toolbar" aria-label="Selected stage">
      ${button('terminal', 'Terminal', () => actions.showTerminal(agentId))}
      ${isLive ? button('comment', 'Message', () => actions.compose(draft === null ? agentId : null)) : nothing}
      ${isLive ? button('debug-stop', 'Stop', () => actions.stopAgent(agentId)) : nothing}
      ${isLive ? nothing : button('list-flat', 'Log', () => actions.openLog(agentId))}
      ${isLive || artifact === null ? nothing : button('output', 'Output', () => actions.openArtifact(artifact, null))}
    </div>
    ${draft === null ? nothing : composer(agentId, cell.who, draft, actions)}`;
}

function composer(agent: string, name: string, draft: string, actions: LoopActions): TemplateResult {
  return html`<form class="composer" @submit=${(event: Event) => event.preventDefault()}>
    <vscode-text-area
      class="note unlabelled"
      rows="3"
      placeholder=${`Note to ${name} (Ctrl+Enter sends)`}
      .value=${draft}
      @input=${(event: Event) => actions.draft(agent, (event.target as HTMLTextAreaElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) actions.send(agent);
        else if (event.key === 'Escape') actions.compose(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      >${`Note to ${name}`}</vscode-text-area
    >
    <vscode-button
      appearance="secondary"
      .ariaDisabled=${draft.trim() === '' ? 'true' : 'false'}
      title=${draft.trim() === '' ? 'Write something first' : 'Ctrl+Enter'}
      @click=${() => actions.send(agent)}
      >Send</vscode-button
    >
  </form>`;
}

const notStarted = (): TemplateResult =>
  html`<section><p class="muted">This round has not begun.</p></section>`;

const section = (title: string, end: unknown, body: unknown): TemplateResult =>
  html`<section>
    <h3>${title}<span class="end">${end}</span></h3>
    ${body}
  </section>`;

const prose = (text: string): TemplateResult => html`<p class="prose">${inlineCode(text.trim())}</p>`;

function sections(state: RailState, stage: ShownStage, actions: LoopActions): unknown {
  const { sheet, gate } = state;
  const atGate = gate?.stage.id === stage.id;
  const { findings, summary, notes, artifactId } = stage;
  const output =
    artifactId === null ? nothing : link('Open', () => actions.openArtifact(artifactId, null), 'Open output');
  return html`${atGate ? gateSections(state, gate) : nothing}
  ${findings.length > 0 ? findingsSection(stage, actions) : nothing}
  ${summary !== null && summary.trim() !== '' ? section(summaryTitle(stage, atGate ? gate : null), output, prose(summary)) : nothing}
  ${stage.attempts.length === 0 ? section('Waits', nothing, prose(state.cell.outcome || 'For the stages before it.')) : nothing}
  ${notes === null ? nothing : section('What you asked to change', nothing, prose(notes))}
  ${triesSection(stage)} ${sheet === undefined ? nothing : agentSections(sheet, stage, actions)}`;
}

function summaryTitle({ name, verdict }: ShownStage, gate: Gate | null): string {
  if (gate !== null) return gate.artifact === null ? name : `${name} v${gate.artifact.version}`;
  return verdict === null ? 'Result' : 'Review';
}

function gateSections({ nextStage }: RailState, { stage, artifact }: Gate): TemplateResult {
  const version = artifact === null ? stage.name : `${stage.name} v${artifact.version}`;
  const after = nextStage === undefined ? 'The round ends' : `${capital(nextStage)} starts`;
  return section(
    'Why it waits',
    nothing,
    html`<p>
      The stage <code>${stage.name}</code> says <code>gate: person</code>. ${after} when ${version} is final.
    </p>`,
  );
}

const findingsSection = ({ findings }: ShownStage, actions: LoopActions): TemplateResult =>
  section(
    'Findings',
    html`<span class="muted">${findings.length}</span>`,
    html`<ul class="found">
      ${findings.map(
        (finding) =>
          html`<li>
            <span class="f">${severity(finding)}${findingTitle(finding, actions)}</span>
            ${
              finding.file === null
                ? nothing
                : html`<span class="mono muted cut"
                    >${finding.file}${finding.line === null ? '' : `:${finding.line}`}</span
                  >`
            }
            ${finding.detail === null ? nothing : prose(finding.detail)}
          </li>`,
      )}
    </ul>`,
  );

/** Tries that went wrong, or that there were several of. */
function triesSection({ attempts }: ShownStage): unknown {
  if (attempts.length < 2 && attempts.every(({ outcome }) => outcome === 'finished' || outcome === null))
    return nothing;
  return section(
    'Tries',
    nothing,
    html`<ol class="tries">
      ${attempts.map(
        ({ number, agent, outcome, reason }) =>
          html`<li>
            <span>${number}. ${agent ?? 'agent deleted'}: ${outcome?.replace('_', ' ') ?? 'running'}</span>
            ${reason === null ? nothing : html`<span class="muted">${reason}</span>`}
          </li>`,
      )}
    </ol>`,
  );
}

function agentSections({ agent, said }: AgentSheet, stage: ShownStage, actions: LoopActions): unknown {
  const task = taskOf(agent.prompt);
  const [own] = agent.progress;
  const last =
    own !== undefined && (said === null || own.createdAt >= said.time)
      ? { text: own.text, at: own.createdAt }
      : said === null
        ? null
        : { text: said.content, at: said.time };
  const openPrompt = link('Open', () => actions.openPrompt(agent.id), 'Open prompt');
  const message =
    last === null
      ? html`<p class="muted">Nothing written yet</p>`
      : html`<blockquote>${inlineCode(last.text.trim())}</blockquote>`;
  return html`${agent.attention === null ? nothing : section('Needs a look', nothing, prose(agent.attention))}
  ${task === null ? nothing : section('Prompt', openPrompt, html`<div class="clamp">${prose(task)}</div>`)}
  ${section('Last message', last === null ? nothing : html`<span class="muted">${when(last.at)}</span>`, message)}
  ${usage(agent, stage)}`;
}

function usage(agent: AgentSheet['agent'], stage: ShownStage): TemplateResult {
  const row = (name: string, value: string, isMono = false) =>
    html`<dt>${name}</dt>
      <dd class=${isMono ? 'cut mono' : 'cut'} title=${value}>${value}</dd>`;
  const tokens = agent.inputTokens + agent.outputTokens > 0;
  const exitCode = stage.attempts.at(-1)?.exitCode ?? null;
  return html`<section class="usage">
    <h3>Usage</h3>
    <dl class="kv num">
      ${agent.costUsd > 0 ? row('Cost', moneyText(agent.costUsd)) : nothing}
      ${
        tokens
          ? row('Tokens', `${tokensText(agent.inputTokens)} in, ${tokensText(agent.outputTokens)} out`)
          : nothing
      }
      ${row('Provider', agent.model === null ? agent.provider : `${agent.provider}, ${agent.model}`)}
      ${agent.branch === null ? nothing : row('Branch', agent.branch, true)}
      ${exitCode === null || exitCode === 0 ? nothing : row('Exit code', String(exitCode))}
    </dl>
  </section>`;
}
