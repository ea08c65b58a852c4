import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../shared/icon.ts';
import { counted, timeOfDay } from '../../shared/words.ts';
import type { Entry } from '../model/entries.ts';
import { toolIcon, toolNames, type ToolCall } from '../model/toolCall.ts';
import type { PanelActions } from './actions.ts';

export interface EntryState {
  /** The agent that the panel shows. */
  readonly agent: string;
  readonly folds: Readonly<Record<string, boolean>>;
  /** The entry that a search led to. */
  readonly marked: string | null;
  /** The newest entry: a run of tools lies open while it is being made. */
  readonly newest: string | null;
}

/** Runs of so many lie open from the start. */
const shortRun = 3;

/** One thing of the transcript. */
export function entryRow(entry: Entry, state: EntryState, actions: PanelActions): TemplateResult {
  const isMarked = entry.key === state.marked;
  return html`<li
    class="entry ${entry.kind} ${isMarked ? 'marked' : ''}"
    data-entry=${entry.key}
    tabindex=${isMarked ? '-1' : nothing}
  >
    ${body(entry, state, actions)}
  </li>`;
}

function body(entry: Entry, state: EntryState, actions: PanelActions): unknown {
  switch (entry.kind) {
    case 'session':
      return html`<span>${entry.number === 1 ? 'Started' : `Resumed, session ${entry.number}`}</span
        >${clock(entry.time)}`;
    case 'said':
      return html`${clock(entry.time)}<sloop-said class="doc" .text=${entry.text}></sloop-said>`;
    case 'note':
      return html`${clock(entry.time)}<span class="sign">${icon('info')}</span>
        <p class="prose">${entry.text}</p>`;
    case 'tools':
      return tools(entry, state, actions);
    case 'raw':
      return fold(
        entry,
        state.folds[entry.key] ?? false,
        html`${icon('output')}<span>${counted(entry.lines.length, 'unread line')}</span>`,
        () => html`<pre class="lines" tabindex="0">${entry.lines.join('\n')}</pre>`,
        actions,
      );
    case 'message':
      return message(entry, state);
  }
}

function tools(
  entry: Extract<Entry, { kind: 'tools' }>,
  { folds, newest }: EntryState,
  actions: PanelActions,
): unknown {
  const { calls, key } = entry;
  const [only] = calls;
  if (calls.length === 1 && only !== undefined)
    return html`${clock(entry.time)}
      <ol class="calls">
        ${call(only)}
      </ol>`;
  return fold(
    entry,
    folds[key] ?? (calls.length <= shortRun || key === newest),
    html`${icon('tools')}<span>${counted(calls.length, 'tool call')}</span
      ><span class="muted cut">${toolNames(calls)}</span>`,
    () =>
      html`<ol class="calls">
        ${calls.map(call)}
      </ol>`,
    actions,
  );
}

const call = ({ tool, summary, rest }: ToolCall): TemplateResult =>
  html`<li>
    ${icon(toolIcon(tool))}<b>${tool}</b>
    ${
      rest === null
        ? html`<span class="mono cut" title=${summary}>${summary}</span>`
        : html`<details>
            <summary class="mono cut">${summary}</summary>
            <pre class="lines" tabindex="0">${rest}</pre>
          </details>`
    }
  </li>`;

/** A run that opens and closes; what is within is made only while it lies open. */
function fold(
  entry: Entry,
  isOpen: boolean,
  label: TemplateResult,
  inner: () => TemplateResult,
  actions: PanelActions,
): TemplateResult {
  return html`${clock(entry.time)}
    <div class="run">
      <button
        type="button"
        class="fold"
        aria-expanded=${isOpen ? 'true' : 'false'}
        @click=${() => actions.fold(entry.key, !isOpen)}
      >
        ${icon(isOpen ? 'chevron-down' : 'chevron-right')}${label}
      </button>
      ${isOpen ? inner() : nothing}
    </div>`;
}

function message(
  { message: row, time }: Extract<Entry, { kind: 'message' }>,
  { agent }: EntryState,
): unknown {
  const isHers = row.senderAgentId === agent;
  const sender = row.senderName === 'person' ? 'You' : row.senderName;
  const to = row.recipientKind === 'person' ? 'you' : (row.recipientName ?? 'everyone');
  const asks = row.status === 'pending' || row.status === 'answered';
  const verb = asks ? (isHers ? `Asks ${to}` : `${sender} asked`) : isHers ? `Writes to ${to}` : sender;
  const end = row.status === 'pending' ? 'not answered yet' : row.status === 'withdrawn' ? 'taken back' : '';
  return html`${clock(time)}
    <div class="bubble ${isHers ? 'out' : 'in'}">
      <p class="by">
        ${icon(asks ? 'question' : isHers ? 'mail' : 'comment')}<b>${verb}</b>${end === '' ? nothing : html`<span class="muted">${end}</span>`}
      </p>
      <sloop-said class="doc" .text=${row.body}></sloop-said>
    </div>`;
}

const clock = (time: string): TemplateResult =>
  html`<time class="at num" datetime=${time} title=${new Date(time).toLocaleString()}
    >${timeOfDay(time)}</time
  >`;
