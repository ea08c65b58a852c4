import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icon.ts';
import { when } from '../shared/when.ts';
import { authorIcon, nameOf, type Desk, type ViewKind } from './desk.ts';
import { moveFocus } from './roving.ts';
import { versionPicker } from './versionPicker.ts';
import type { Counts } from './versionTexts.ts';

/** Title, stages, author of the version, and the tools above the text. */
export function header(desk: Desk): TemplateResult {
  const { artifact } = desk.session;
  return html`<header>
    <div class="title-row">
      ${icon('note')}
      <h1 class="cut" title=${artifact?.title ?? ''}>${artifact?.title ?? ''}</h1>
      ${artifact === null ? nothing : html`<span class="badge">${artifact.type.replace('_', ' ')}</span>`}
      ${stages(desk)}
      <div class="icons">
        <vscode-button
          appearance="icon"
          title="Show or hide the details (V)"
          aria-label="Details"
          aria-expanded=${desk.railShown}
          @click=${() => desk.keep({ rail: !desk.railShown })}
          >${icon(desk.railShown ? 'layout-sidebar-right' : 'layout-sidebar-right-off')}</vscode-button
        >
        <vscode-button
          appearance="icon"
          title="More actions"
          aria-label="More actions"
          aria-haspopup="menu"
          aria-expanded=${desk.dialog === 'more'}
          @click=${() => desk.openDialog(desk.dialog === 'more' ? null : 'more')}
          >${icon('ellipsis')}</vscode-button
        >
      </div>
    </div>
    ${meta(desk)} ${tools(desk)}
  </header>`;
}

const stageNames = ['draft', 'review', 'final'] as const;

function stages(desk: Desk): TemplateResult | typeof nothing {
  const now = desk.session.artifact?.stage;
  if (now === undefined) return nothing;
  const at = stageNames.indexOf(now);
  return html`<ol class="stepper" aria-label="Stage">
    ${stageNames.map((name, index) => {
      const past = index < at || now === 'final';
      return html`<li class=${past ? 'done' : ''} aria-current=${index === at ? 'step' : nothing}>
        ${icon(past ? 'pass-filled' : index === at ? 'circle-filled' : 'circle-large')}${name}
      </li>`;
    })}
  </ol>`;
}

function meta(desk: Desk): TemplateResult {
  const { session } = desk;
  const line = session.versions.find(({ version }) => version === session.pair?.version);
  const role = session.roles.get(line?.author ?? '') ?? '';
  return html`<div class="meta-row">
    ${
      line === undefined
        ? nothing
        : html`${icon(authorIcon(line.author))}<b
              >${nameOf(line.author)}${role === '' ? '' : ` · ${role} role`}</b
            ><span class="dot"></span>${when(line.createdAt)}
            ${
              line.changeSummary === ''
                ? nothing
                : html`<span class="dot sum"></span><span class="sum cut">${line.changeSummary}</span>`
            }`
    }
    ${stages(desk)}
  </div>`;
}

function tools(desk: Desk): TemplateResult {
  const { session, comparison } = desk;
  const changes = comparison?.changes.length ?? 0;
  const compared = session.pair !== null && session.pair.base !== null;
  return html`<div class="tools" role="toolbar" aria-label="Comparison">
    <div class="pair">
      ${compared ? html`${versionPicker(desk, 'base')}${icon('arrow-left', 'is compared with')}` : nothing}
      ${versionPicker(desk, 'version')}
      ${compared && comparison !== null ? countsText(comparison.counts) : nothing}
    </div>
    ${kindSwitch(desk)}
    <div class="nav">
      ${
        changes === 0
          ? nothing
          : html`<output aria-live="polite"
                >${desk.state.change === null ? `${changes} ${changes === 1 ? 'change' : 'changes'}` : `${desk.state.change + 1} of ${changes}`}</output
              >
              <vscode-button
                appearance="icon"
                title="Previous change (Shift+Alt+F5)"
                aria-label="Previous change"
                @click=${() => desk.step(-1)}
                >${icon('arrow-up')}</vscode-button
              >
              <vscode-button
                appearance="icon"
                title="Next change (Alt+F5)"
                aria-label="Next change"
                @click=${() => desk.step(1)}
                >${icon('arrow-down')}</vscode-button
              >`
      }
    </div>
  </div>`;
}

const kinds: readonly { readonly kind: ViewKind; readonly label: string; readonly sign: string }[] = [
  { kind: 'rendered', label: 'Rendered', sign: 'preview' },
  { kind: 'side', label: 'Side by side', sign: 'split-horizontal' },
  { kind: 'inline', label: 'Inline', sign: 'diff-single' },
];

/** How the text is shown. A first version has nothing to be compared with. */
function kindSwitch(desk: Desk): TemplateResult {
  const compared = desk.session.pair !== null && desk.session.pair.base !== null;
  const offered = compared ? kinds : kinds.slice(0, 1);
  return html`<div class="seg" role="radiogroup" aria-label="View" @keydown=${chooseByArrows(desk)}>
    ${offered.map(({ kind, label, sign }) => {
      const off = kind === 'side' && desk.narrow;
      const on = desk.kind === kind;
      return html`<button
        role="radio"
        data-kind=${kind}
        aria-checked=${on}
        aria-disabled=${off ? 'true' : nothing}
        title=${off ? 'Needs 720 px: shown inline' : nothing}
        tabindex=${on ? 0 : -1}
        @click=${() => desk.showKind(kind)}
      >
        ${icon(sign)}${kind === 'rendered' && !desk.markdown ? 'Source' : label}
      </button>`;
    })}
  </div>`;
}

const chooseByArrows = (desk: Desk) => (event: KeyboardEvent) => {
  moveFocus('[role=radio]')(event);
  const kind = (document.activeElement as HTMLElement | null)?.dataset['kind'];
  if (event.defaultPrevented && kind !== undefined) desk.showKind(kind as ViewKind);
};

export const countsText = ({ added, removed }: Counts): TemplateResult =>
  html`<span class="counts" aria-label=${`${added} lines added, ${removed} removed`}
    ><span class="plus">+${added}</span> <span class="minus">−${removed}</span></span
  >`;
