import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icon.ts';
import { when } from '../shared/when.ts';
import type { Desk } from './desk.ts';
import { countsText } from './headerParts.ts';
import { keyTable } from './keys.ts';
import { moveFocus } from './roving.ts';

/** Says that a newer version came. Nothing on screen moves by itself. */
export function banner(desk: Desk): TemplateResult | typeof nothing {
  const { session } = desk;
  const line = session.versions.find(({ version }) => version === session.arrived);
  if (line === undefined || session.pair === null) return nothing;
  const counts = session.texts.counts(line.version);
  return html`<div class="banner" role="status">
    ${icon('info')}
    <span class="cut grow"
      ><b>v${line.version} arrived ${when(line.createdAt)}</b>${
        line.changeSummary === '' ? nothing : html` · ${line.changeSummary}`
      }
      ${counts === null ? nothing : countsText(counts)} · your place and comments are kept</span
    >
    <vscode-button appearance="primary" class="small" @click=${() => void session.showArrived()}
      >Show what changed</vscode-button
    >
    <vscode-button appearance="secondary" class="small" @click=${() => session.keepReviewing()}
      >Keep reviewing v${session.pair.version}</vscode-button
    >
  </div>`;
}

/** What came of the last action: said until it is closed or the next one. */
export function notice(desk: Desk): TemplateResult | typeof nothing {
  const said = desk.session.notice;
  if (said === null) return nothing;
  const refused = said.kind === 'refused';
  return html`<div class="banner ${said.kind}" role=${refused ? 'alert' : 'status'}>
    ${icon(refused ? 'error' : 'pass')}
    <span class="grow"><b>${said.message}</b> ${said.next}</span>
    <vscode-button appearance="icon" aria-label="Close message" @click=${() => desk.session.dismissNotice()}
      >${icon('close')}</vscode-button
    >
  </div>`;
}

/** Nothing to read yet: versions on their way. Words come after a moment, the bar at once. */
export const loading = (desk: Desk, versions: readonly number[]): TemplateResult =>
  html`<div class="progress"></div>
    <div class="state loading" role="status">
      <div>
        <h2>
          ${versions.length === 0 ? 'Loading…' : `Loading ${versions.map((one) => `v${one}`).join(' and ')}…`}
        </h2>
        <p class="muted">
          ${versions.length === 2 ? `Comparing two versions of ${desk.session.artifact?.title ?? 'the artifact'}.` : nothing}
        </p>
      </div>
    </div>`;

/** What failed, what is safe, three ways on. */
export function failed(desk: Desk): TemplateResult | typeof nothing {
  const { session } = desk;
  const { phase, pair } = session;
  if (phase.kind !== 'failed') return nothing;
  const what = phase.version === null ? 'The artifact' : `v${phase.version}`;
  const other = [pair?.version, pair?.base].find(
    (one) =>
      one !== null && one !== undefined && one !== phase.version && session.texts.known(one) !== undefined,
  );
  return html`<div class="state error" role="alert">
    <div>
      ${icon('error')}
      <h2>${what} could not be read</h2>
      <p class="muted">
        ${phase.refusal.message}
        ${other === undefined ? phase.refusal.next : `v${other} is unharmed and can be read on its own.`}
      </p>
      <div class="acts">
        <vscode-button
          appearance="primary"
          @click=${() => void (pair === null ? session.open(null) : session.show(pair))}
          >Try again</vscode-button
        >
        ${
          other === undefined || other === null
            ? nothing
            : html`<vscode-button
                appearance="secondary"
                @click=${() => void session.show({ base: null, version: other })}
                >Show v${other} only</vscode-button
              >`
        }
        <vscode-button appearance="secondary" @click=${() => desk.do('log')}>Open log</vscode-button>
      </div>
    </div>
  </div>`;
}

/** What has no button of its own, and, where it is narrow, what lost its button. */
export function moreMenu(desk: Desk): TemplateResult | typeof nothing {
  if (desk.dialog !== 'more') return nothing;
  const { session } = desk;
  const { pair, artifact } = session;
  if (pair === null) return nothing;
  const { base, version } = pair;
  const act = (what: () => void) => () => {
    desk.openDialog(null);
    what();
  };
  const items: readonly (readonly [string, string, () => void])[] = [
    ['copy', `Copy v${version}`, () => desk.do('copy')],
    [
      'save',
      artifact?.filepath === null
        ? `Save v${version} to a file…`
        : `Apply v${version} to ${artifact?.filepath}`,
      () => desk.do('save'),
    ],
    ...(base === null
      ? []
      : ([
          ['discard', `Restore v${base}`, () => void session.restore(base)],
          ['go-to-file', 'Open in diff editor', () => desk.do('diff')],
        ] as const)),
    ['keyboard', 'All keys', () => desk.openDialog('keys')],
    ['output', 'Open log', () => desk.do('log')],
  ];
  return html`<div
    class="popup menu"
    role="menu"
    aria-label="More actions"
    data-focus
    @keydown=${moveFocus('button')}
  >
    ${items.map(
      ([sign, label, run], index) =>
        html`<button role="menuitem" tabindex=${index === 0 ? 0 : -1} @click=${act(run)}>
          ${icon(sign)}<span class="cut">${label}</span>
        </button>`,
    )}
  </div>`;
}

/** All keys, on `?`. */
export const keysDialog = (desk: Desk): TemplateResult | typeof nothing =>
  desk.dialog !== 'keys'
    ? nothing
    : html`<div class="veil" @click=${() => desk.openDialog(null)}>
        <div
          class="sheet"
          role="dialog"
          aria-modal="true"
          aria-label="Keys"
          @click=${(event: Event) => event.stopPropagation()}
        >
          <h2>Keys</h2>
          <dl>
            ${keyTable.map(
              ([keys, what]) =>
                html`<div>
                  <dt><kbd>${keys}</kbd></dt>
                  <dd>${what}</dd>
                </div>`,
            )}
          </dl>
          <p class="muted">Single letters work while no field has the focus.</p>
          <vscode-button appearance="primary" data-focus @click=${() => desk.openDialog(null)}
            >Close</vscode-button
          >
        </div>
      </div>`;
