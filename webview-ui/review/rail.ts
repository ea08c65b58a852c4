import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PlanPreview, VersionLine } from '../../src/protocol/review.ts';
import { icon } from '../shared/icon.ts';
import { when } from '../shared/when.ts';
import { authorIcon, nameOf, type Desk } from './desk.ts';
import { countsText } from './headerParts.ts';
import { linesText, type PlacedThread } from './model/threads.ts';
import { count } from './reviewSession.ts';
import { moveFocus } from './roving.ts';

/** The side bar: versions, remarks that are open, and what approving will make. */
export function rail(desk: Desk): TemplateResult {
  const { versions, plan, artifact } = desk.session;
  const open = desk.session.threads.filter(({ resolved }) => !resolved);
  const resolved = desk.threads.filter((thread) => thread.resolved);
  const placed = desk.threads.filter((thread) => !thread.resolved);
  return html`<aside aria-label="Details">
    ${section(desk, 'versions', 'Versions', versions.length, versionList(desk))}
    ${
      open.length > 0
        ? section(desk, 'open', 'Unresolved comments', open.length, threadList(desk, placed))
        : nothing
    }
    ${
      resolved.length > 0
        ? section(desk, 'resolved', 'Resolved comments', resolved.length, threadList(desk, resolved))
        : nothing
    }
    ${
      plan === null || artifact?.stage === 'final'
        ? nothing
        : section(desk, 'todos', planTitle(plan, desk), null, todoTree(plan), planHint(desk))
    }
  </aside>`;
}

function section(
  desk: Desk,
  name: string,
  title: string,
  badge: number | null,
  content: TemplateResult,
  hint = '',
): TemplateResult {
  const closed = desk.state.closed.includes(name);
  const toggle = () =>
    desk.keep({
      closed: closed ? desk.state.closed.filter((one) => one !== name) : [...desk.state.closed, name],
    });
  return html`<section>
    <h2 title=${hint || nothing}>
      <button aria-expanded=${!closed} @click=${toggle}>
        ${icon(closed ? 'chevron-right' : 'chevron-down')}<span class="cut">${title}</span>${
          badge === null ? nothing : html`<span class="badge">${badge}</span>`
        }
      </button>
    </h2>
    ${closed ? nothing : content}
  </section>`;
}

const versionList = (desk: Desk): TemplateResult =>
  html`<ul
    role="listbox"
    aria-label="Versions"
    aria-multiselectable="true"
    @keydown=${moveFocus('[role=option]')}
  >
    ${repeat(
      desk.session.versions,
      ({ version }) => version,
      (line) => versionItem(desk, line),
    )}
  </ul>`;

function versionItem(desk: Desk, { version, author, changeSummary, createdAt }: VersionLine): TemplateResult {
  const { pair, newest, texts, arrived } = desk.session;
  const shown = version === pair?.version;
  const base = version === pair?.base;
  const counts = texts.counts(version);
  const tag = shown ? 'shown' : base ? 'base' : version === arrived ? 'new' : '';
  const choose = () => void desk.session.show(pairOf(version));
  const restore = (event: Event) => {
    event.stopPropagation();
    void desk.session.restore(version);
  };
  return html`<li
    class="ver ${shown || base ? 'in' : ''}"
    role="option"
    data-version=${version}
    tabindex=${shown ? 0 : -1}
    aria-selected=${shown || base}
    @click=${choose}
    @keydown=${(event: KeyboardEvent) => {
      if (event.target === event.currentTarget && (event.key === 'Enter' || event.key === ' ')) choose();
    }}
  >
    ${icon(authorIcon(author))}
    <span class="l1"
      ><b>v${version}</b><span class="cut">${nameOf(author)}</span>${
        tag === '' ? nothing : html`<span class="tag">${tag}</span>`
      }</span
    >
    ${
      version === newest
        ? nothing
        : html`<vscode-button
            appearance="icon"
            class="restore"
            tabindex="-1"
            title=${`Restore v${version}: it becomes a new latest version; nothing is lost`}
            aria-label=${`Restore v${version}`}
            @click=${restore}
            >${icon('discard')}</vscode-button
          >`
    }
    ${counts === null ? nothing : countsText(counts)}
    <span class="l2 cut"
      >${when(createdAt)}${changeSummary === '' ? nothing : html` · ${changeSummary}`}</span
    >
  </li>`;
}

/** A version that is chosen is shown against the one before it. */
const pairOf = (version: number) => ({ base: version > 1 ? version - 1 : null, version });

const threadList = (desk: Desk, threads: readonly PlacedThread[]): TemplateResult =>
  html`<ul @keydown=${moveFocus('.note')}>
    ${threads.map(({ id, first, replies, range }, index) => {
      const where =
        range === null ? 'Whole artifact' : range.outdated ? `Outdated, v${first.version}` : linesText(range);
      const reveal = () => desk.revealThread(id);
      return html`<li>
        <button class="note" tabindex=${index === 0 ? 0 : -1} @click=${reveal}>
          ${icon(first.resolvedAt === null ? 'comment-unresolved' : 'comment')}<span class="cut"
            >${first.body}</span
          >
          <span class="l2 cut"
            >${where} ·
            ${nameOf(first.author)}${
              replies.length === 0
                ? nothing
                : html` · ${replies.length === 1 ? '1 reply' : `${replies.length} replies`}`
            }</span
          >
        </button>
      </li>`;
    })}
  </ul>`;

const planTitle = (plan: PlanPreview, desk: Desk): string => {
  const made = plan.steps.filter(({ action }) => action === 'create').length;
  const updated = plan.steps.filter(({ action }) => action === 'update').length;
  const parts = [
    ...(made > 0 || updated + plan.cancelled.length === 0 ? [`creates ${count(made, 'todo')}`] : []),
    ...(updated > 0 ? [`updates ${updated}`] : []),
    ...(plan.cancelled.length > 0 ? [`cancels ${plan.cancelled.length}`] : []),
  ];
  const which = desk.session.pair?.version === desk.session.newest ? '' : ` v${desk.session.newest}`;
  return `Approving${which} ${parts.join(', ')}`;
};

const planHint = (desk: Desk): string => {
  const read =
    desk.session.plan?.source === 'data'
      ? 'Steps that came with the plan as data'
      : "Read from the plan's steps";
  return `${read}, as the latest version (v${desk.session.newest}) has them`;
};

function todoTree(plan: PlanPreview): TemplateResult {
  const parents = new Map(plan.steps.map(({ position, parent }) => [position, parent]));
  const level = (position: number): number => {
    let depth = 1;
    for (let at = parents.get(position) ?? null; at !== null && depth < 20; at = parents.get(at) ?? null)
      depth += 1;
    return depth;
  };
  return html`${plan.note === null ? nothing : html`<p class="hint muted">${plan.note}</p>`}
    ${plan.problems.map((problem) => html`<p class="hint">${icon('warning')} ${problem}</p>`)}
    <ul role="tree" aria-label="Todos that approving creates" @keydown=${moveFocus('[role=treeitem]')}>
      ${plan.steps.map(({ position, title, priority, action }, index) => {
        const depth = level(position);
        return html`<li
          class="todo ${depth > 1 ? 'sub' : ''}"
          role="treeitem"
          aria-level=${depth}
          tabindex=${index === 0 ? 0 : -1}
          .style=${depth > 2 ? `padding-left: ${12 + (depth - 1) * 22}px` : ''}
        >
          ${icon(action === 'create' ? 'circle-large' : action === 'update' ? 'edit' : 'check')}<span
            class="cut"
            title=${title}
            >${title}</span
          ><span class="prio ${priority ?? 'medium'}"
            >${action === 'keep' ? 'kept' : (priority ?? 'medium')}</span
          >
        </li>`;
      })}
      ${plan.cancelled.map(
        ({ title }) =>
          html`<li class="todo" role="treeitem" aria-level="1" tabindex="-1">
            ${icon('circle-slash')}<span class="cut" title=${title}>${title}</span
            ><span class="prio">cancelled</span>
          </li>`,
      )}
    </ul>`;
}
