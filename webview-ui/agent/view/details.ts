import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icon.ts';
import { chip, inlineCode, link, markIcon } from '../../shared/parts.ts';
import { when } from '../../shared/when.ts';
import { counted, moneyText, tokensText } from '../../shared/words.ts';
import type { AgentFacts } from '../model/facts.ts';
import { mergeMark, worktreeMark } from '../model/place.ts';
import { todoMark } from '../model/todoMark.ts';
import type { PanelActions } from './actions.ts';

const section = (title: string, end: unknown, body: unknown): TemplateResult =>
  html`<section>
    <h3>${title}<span class="end">${end}</span></h3>
    ${body}
  </section>`;

const row = (name: string, value: unknown, hint: string | null = null): TemplateResult =>
  html`<dt>${name}</dt>
    <dd class="cut" title=${hint ?? nothing}>${value}</dd>`;

/** The todo that it works on, with what it is measured by. */
export function todoSection({ todo }: AgentFacts, actions: PanelActions): unknown {
  if (todo === null) return nothing;
  const { acceptanceCriteria, successCriteria, completionSummary } = todo;
  return section(
    'Todo',
    chip(todoMark(todo.status)),
    html`<p>${link(todo.title, () => actions.reveal('todo', todo.id))}</p>
      ${completionSummary === null ? nothing : html`<p class="prose muted">${completionSummary}</p>`}
      ${
        acceptanceCriteria.length + successCriteria.length === 0
          ? nothing
          : html`<ul class="criteria" aria-label="Criteria">
              ${acceptanceCriteria.map((criterion) => html`<li>${icon('circle-small')}<span>${inlineCode(criterion)}</span></li>`)}
              ${successCriteria.map(({ criterion }) => html`<li>${icon('target')}<span>${inlineCode(criterion)}</span></li>`)}
            </ul>`
      }`,
  );
}

/** What it said of its whole work in the end. */
export function resultSection({ agent }: AgentFacts): unknown {
  if (agent.result === null || agent.result.trim() === '') return nothing;
  return section(
    agent.reported === null ? 'Last words' : 'Its report',
    nothing,
    html`<p class="prose">${inlineCode(agent.result.trim())}</p>`,
  );
}

const shownProgress = 4;

/** Its own account of its work, newest first. */
export function progressSection({ agent }: AgentFacts, isWhole: boolean, actions: PanelActions): unknown {
  const { progress, progressCount } = agent;
  if (progress.length === 0) return nothing;
  const lines = isWhole ? progress : progress.slice(0, shownProgress);
  const beyond = progressCount - progress.length;
  return section(
    'Progress',
    html`<span class="muted num">${progressCount}</span>`,
    html`<ol class="progress">
        ${lines.map(
          ({ text, createdAt }) =>
            html`<li>
              <span class="prose">${inlineCode(text)}</span><span class="muted">${when(createdAt)}</span>
            </li>`,
        )}
      </ol>
      ${
        progress.length > shownProgress
          ? link(isWhole ? 'Show fewer' : `Show ${progress.length}`, () => actions.toggleProgress())
          : nothing
      }
      ${isWhole && beyond > 0 ? html`<p class="muted">${counted(beyond, 'older line')} in the log.</p>` : nothing}`,
  );
}

/** Branch, worktree, and how far its work is merged. */
export function placeSection({ agent, worktrees, merges }: AgentFacts, actions: PanelActions): unknown {
  if (agent.branch === null && agent.worktreePath === null && worktrees.length === 0) return nothing;
  return section(
    'Worktree',
    worktrees.length === 0 ? nothing : link('Open', () => actions.act('worktree'), 'Open its worktree'),
    html`<dl class="kv">
        ${agent.branch === null ? nothing : row('Branch', html`<span class="mono">${agent.branch}</span>`, agent.branch)}
        ${
          agent.worktreePath === null || worktrees.length === 0
            ? nothing
            : row(
                'Folder',
                html`<span class="mono tail"><bdi>${agent.worktreePath}</bdi></span>`,
                agent.worktreePath,
              )
        }
      </dl>
      <ul class="places">
        ${worktrees.map((worktree) => placeRow(worktreeMark(worktree), worktree.reason))}
        ${merges.map((merge) => placeRow(mergeMark(merge), merge.reason))}
      </ul>
      ${merges.length === 0 ? nothing : link('Show in the merge queue', () => actions.act('merges'))}`,
  );
}

const placeRow = (mark: ReturnType<typeof mergeMark>, reason: string | null): TemplateResult =>
  html`<li>
    ${markIcon(mark)}<span
      >${mark.word}${reason === null ? nothing : html`<span class="muted"> ${reason}</span>`}</span
    >
  </li>`;

/** Tokens and cost, and what its todo has cost in all. */
export function usageSection({ agent, todoUsage }: AgentFacts): unknown {
  const tokens = agent.inputTokens + agent.outputTokens;
  if (tokens === 0 && agent.costUsd === 0) return nothing;
  return section(
    'Usage',
    nothing,
    html`<dl class="kv num">
      ${row('Cost', agent.costUsd > 0 ? moneyText(agent.costUsd) : 'not told by its CLI')}
      ${row('Tokens', `${tokensText(agent.inputTokens)} in, ${tokensText(agent.outputTokens)} out`)}
      ${
        todoUsage === null || todoUsage.agents < 2
          ? nothing
          : row('Its todo', `${moneyText(todoUsage.costUsd)}, ${counted(todoUsage.agents, 'agent')}`)
      }
    </dl>`,
  );
}

/** The rest of what there is to know. */
export function agentSection({ agent, account }: AgentFacts, actions: PanelActions): TemplateResult {
  const form = agent.form === 'interactive' ? 'in its terminal' : 'by itself';
  return section(
    'Agent',
    nothing,
    html`<dl class="kv">
      ${row('Role', agent.role)}
      ${row('Provider', [agent.provider, agent.model, agent.effort].filter((part) => part !== null).join(', '))}
      ${
        account === null
          ? nothing
          : row(
              'Account',
              link(account, () => actions.openAccounts()),
            )
      }
      ${row('Works', form)}
      ${row('Session', agent.sessionNumber === 1 ? 'its first' : `number ${agent.sessionNumber}`)}
      ${row('Started', html`by ${agent.startedBy === 'person' ? 'you' : agent.startedBy}, ${when(agent.createdAt)}`)}
      ${agent.endedAt === null ? nothing : row('Ended', when(agent.endedAt))}
      ${agent.exitCode === null || agent.exitCode === 0 ? nothing : row('Exit code', String(agent.exitCode))}
      ${
        agent.loopId === null
          ? nothing
          : row(
              'Loop',
              link('Open the loop', () => actions.reveal('loop', agent.loopId ?? '')),
            )
      }
    </dl>`,
  );
}
