import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ShownFinding } from '../../../src/protocol/loop.ts';
import { icon } from '../../shared/icon.ts';
import type { FindingRow, FindingsHistory, Standing } from '../model/findings.ts';
import { markIcon } from '../../shared/parts.ts';
import type { LoopActions } from './parts.ts';

/** Every finding and how it went from round to round. */
export const findingsTable = (history: FindingsHistory, actions: LoopActions): TemplateResult =>
  html`<section class="findings" aria-label="Findings">
    <div class="sec">
      <h2>Findings</h2>
      <span class="muted cut">${history.text}</span>
    </div>
    ${history.rows.length === 0 ? nothing : table(history, actions)}
  </section>`;

const table = (history: FindingsHistory, actions: LoopActions): TemplateResult =>
  html`<div class="scroller" data-keep="findings" tabindex="-1">
    <table aria-label="Findings by round" .style=${`--rounds: ${history.rounds.length}`}>
      <thead>
        <tr>
          <th scope="col" class="c-f">Finding</th>
          <th scope="col" class="c-first">First seen</th>
          ${history.rounds.map((number) => html`<th scope="col" class="c-r">Round ${number}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          history.rows,
          ({ key }) => key,
          (row) => findingRow(row, history, actions),
        )}
      </tbody>
    </table>
  </div>`;

function findingRow(row: FindingRow, history: FindingsHistory, actions: LoopActions): TemplateResult {
  const orBefore = history.isCut && row.firstRound === history.rounds[0] ? ' or before' : '';
  return html`<tr>
    <th scope="row" class="c-f">
      <span class="f">${severity(row.finding)}${findingTitle(row.finding, actions)}</span>
    </th>
    <td class="c-first num muted">round ${row.firstRound}${orBefore}</td>
    ${row.standings.map((standing) => html`<td class="c-r">${standingText(standing)}</td>`)}
  </tr>`;
}

const severityLooks = {
  blocker: { icon: 'arrow-up', tone: 'red' },
  major: { icon: 'dash', tone: 'yellow' },
  minor: { icon: 'arrow-down', tone: 'muted' },
} as const satisfies Record<ShownFinding['severity'], { icon: string; tone: string }>;

export const severity = ({ severity: level }: ShownFinding): TemplateResult =>
  html`<span class="sev st"
    ><span class="tone ${severityLooks[level].tone}">${icon(severityLooks[level].icon, level)}</span
    ><span aria-hidden="true">${level}</span></span
  >`;

/** Leads to the place that it names; one that names none is plain text. */
export function findingTitle(
  { title, file, line, detail }: ShownFinding,
  actions: LoopActions,
): TemplateResult {
  const place = file === null ? '' : `${file}${line === null ? '' : `:${line}`}`;
  const hint = [title, place, detail ?? ''].filter((part) => part !== '').join('\n');
  return file === null
    ? html`<span class="cut" title=${hint}>${title}</span>`
    : html`<button class="link cut" type="button" title=${hint} @click=${() => actions.openFile(file, line)}>
        ${title}
      </button>`;
}

function standingText(standing: Standing): TemplateResult {
  switch (standing) {
    case 'open':
      return html`<span class="st">${markIcon({ icon: 'circle-large', tone: 'yellow' })}open</span>`;
    case 'again':
      return html`<span class="st">${markIcon({ icon: 'debug-restart', tone: 'red' })}again</span>`;
    case 'fixed':
      return html`<span class="st">${markIcon({ icon: 'pass-filled', tone: 'green' })}fixed</span>`;
    case 'pending':
      return html`<span class="muted">after review</span>`;
    case 'unreviewed':
      return html`<span class="muted">not reviewed</span>`;
    case 'absent':
      return html`<span class="muted"
        ><span aria-hidden="true">–</span><span class="sr">not seen</span></span
      >`;
  }
}
