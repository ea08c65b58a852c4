import { html, nothing, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { when } from '../shared/when.ts';
import { nameOf, type Desk } from './desk.ts';
import type { ChosenLines, DiffTable } from './diffTable.ts';
import { diffRows, type DiffLayout, type DiffRow, type Insert } from './model/diffRows.ts';
import type { PlacedThread } from './model/threads.ts';
import { overview } from './overview.ts';
import type { RenderedDoc, RenderedThread } from './renderedDoc.ts';
import { threadBox, writingBox } from './threadBox.ts';

/** The text in the middle, whichever way it is shown, and the ruler beside it. */
export interface DocumentView {
  draw(): TemplateResult | typeof nothing;
  /** The lines that a remark would be about now. */
  readonly lines: ChosenLines | null;
  readonly topLine: number;
  /** The next drawing begins with this line at the upper edge. */
  stayAt(line: number): void;
  revealChange(change: number): void;
  revealInsert(key: string, thread: PlacedThread): void;
  whenDrawn(): Promise<unknown>;
}

const writingKey = 'writing';
export const insertKey = ({ id }: Pick<PlacedThread, 'id'>): string => `thread:${id}`;

/** How long after the last scrolling its place is kept. */
const settleMs = 200;

export function documentView(desk: Desk): DocumentView {
  const table = createRef<DiffTable>();
  const doc = createRef<RenderedDoc>();
  let rows: readonly DiffRow[] = [];
  let rowsOf: readonly unknown[] = [];
  let line: number | null = desk.state.line;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const rendered = () => desk.kind === 'rendered' && desk.markdown;
  const layout = (): DiffLayout => (desk.kind === 'rendered' ? 'source' : desk.kind);

  function inserts(): readonly Insert[] {
    const { writing } = desk.state;
    const source = layout() === 'source';
    const threads = desk.threads
      .filter(({ side }) => !source || side === 'now')
      .map((thread): Insert => ({
        key: insertKey(thread),
        side: thread.side,
        line: (thread.range?.end ?? 0) - 1,
      }));
    return writing === null
      ? threads
      : [...threads, { key: writingKey, side: writing.side, line: writing.to }];
  }

  /** The same rows while nothing that they depend on changed: the table keeps what it measured. */
  function currentRows(): readonly DiffRow[] {
    const { comparison, state } = desk;
    if (comparison === null) return [];
    const placed = inserts();
    const inputs = [comparison, layout(), state.unfolded, JSON.stringify(placed)];
    if (inputs.every((one, at) => one === rowsOf[at])) return rows;
    rowsOf = inputs;
    rows = diffRows({
      changes: layout() === 'source' ? [] : comparison.changes,
      now: comparison.now,
      layout: layout(),
      opened: new Set(state.unfolded),
      inserts: placed,
    });
    return rows;
  }

  const drawInsert = (key: string) => {
    if (key === writingKey) return writingBox(desk);
    const thread = desk.threads.find((one) => insertKey(one) === key);
    return thread === undefined ? nothing : threadBox(desk, thread);
  };

  const unfold = (start: number) => desk.keep({ unfolded: [...desk.state.unfolded, start] });

  function drawTable(): TemplateResult | typeof nothing {
    const { comparison, session } = desk;
    if (comparison === null) return nothing;
    const { base, version } = comparison.pair;
    const label =
      desk.kind === 'rendered' || base === null
        ? `Source of v${version}`
        : `Changes from v${base} to v${version}, ${desk.kind === 'side' ? 'side by side' : 'inline'}`;
    return html`${
        comparison.changes.length === 0 && base !== null && desk.kind !== 'rendered'
          ? html`<p class="same" role="status">v${base} and v${version} are the same, line by line.</p>`
          : nothing
      }
      <sloop-diff
        ${ref(table)}
        .comparison=${comparison}
        .rows=${currentRows()}
        .layout=${layout()}
        .current=${desk.state.change}
        .label=${label}
        .captions=${desk.kind === 'side' ? captions(desk) : nothing}
        .insert=${drawInsert}
        .openFold=${unfold}
        .comment=${(lines: ChosenLines) => desk.writeOn(lines)}
        .revision=${[desk.state, session.threads, session.roles.size, desk.threads]}
        @scrolled=${scrolled}
      ></sloop-diff>`;
  }

  function drawDoc(): TemplateResult | typeof nothing {
    if (desk.comparison === null) return nothing;
    return html`<sloop-rendered
      ${ref(doc)}
      .comparison=${desk.comparison}
      .threads=${renderedThreads()}
      .current=${desk.state.change}
      .alone=${aloneText(desk)}
      .unfolded=${new Set(desk.state.unfolded)}
      .unfold=${unfold}
      .showChange=${(change: number) => {
        desk.showKind(desk.narrow ? 'inline' : 'side');
        desk.revealChange(change);
      }}
      .openLink=${(url: string) => desk.openLink(url)}
      .revision=${desk.state}
      @scrolled=${scrolled}
    ></sloop-rendered>`;
  }

  function renderedThreads(): readonly RenderedThread[] {
    const { writing } = desk.state;
    const threads = desk.threads.map((thread): RenderedThread => ({
      key: insertKey(thread),
      line: (thread.side === 'now' ? (thread.range?.start ?? 1) : 1) - 1,
      remarks: 1 + thread.replies.length,
      resolved: thread.resolved,
      open: desk.state.reading.includes(thread.id),
      draw: () => threadBox(desk, thread),
      toggle: () => desk.readThread(thread),
    }));
    if (writing === null) return threads;
    const draft = { key: writingKey, line: writing.from, remarks: 0, resolved: false, open: true };
    return [...threads, { ...draft, draw: () => writingBox(desk), toggle: () => undefined }];
  }

  function scrolled(): void {
    clearTimeout(settling);
    settling = setTimeout(() => {
      const top = topLine();
      if (top !== desk.state.line) desk.keepQuietly({ line: top });
    }, settleMs);
  }

  const topLine = () => (rendered() ? doc.value?.topLine : table.value?.topLine) ?? 0;

  async function whenDrawn(): Promise<void> {
    await (rendered() ? doc.value : table.value)?.updateComplete;
  }

  async function comeBack(): Promise<void> {
    const wanted = line;
    line = null;
    if (wanted === null || wanted === 0) return;
    await Promise.resolve();
    await whenDrawn();
    if (rendered()) doc.value?.scrollToLine(wanted);
    else table.value?.scrollToLine(wanted);
  }

  return {
    draw() {
      if (desk.comparison !== null && line !== null) void comeBack();
      return html`${rendered() ? drawDoc() : drawTable()}${overview(desk)}`;
    },
    get lines(): ChosenLines | null {
      if (!rendered()) return table.value?.lines ?? null;
      const found = doc.value?.lines ?? null;
      return found === null ? null : { side: 'now', ...found };
    },
    get topLine() {
      return topLine();
    },
    stayAt: (wanted) => {
      line = wanted;
    },
    revealChange(change) {
      void whenDrawn().then(() => {
        if (rendered()) return doc.value?.revealChange(change);
        const row = rows.find((one) => one.kind === 'line' && one.change === change);
        if (row !== undefined) table.value?.reveal(row.key);
      });
    },
    revealInsert(key, thread) {
      void whenDrawn().then(() => {
        if (rendered()) {
          doc.value?.scrollToLine((thread.range?.start ?? 1) - 1);
        } else table.value?.reveal(key);
        document.querySelector<HTMLElement>(`[data-thread="${thread.id}"]`)?.focus({ preventScroll: true });
      });
    },
    whenDrawn,
  };
}

/** Why nothing is marked where one version is shown by itself. */
function aloneText({ session }: Desk): string {
  const version = session.pair?.version ?? 1;
  if (version > 1) return `v${version} by itself, not compared with another version.`;
  return session.newest === 1
    ? 'First version: nothing to compare yet. From v2 on, changes are marked here.'
    : 'First version: there is none before it to compare it with.';
}

/** Whose texts stand left and right. */
function captions(desk: Desk): TemplateResult {
  const caption = (version: number | null) => {
    const line = desk.session.versions.find((one) => one.version === version);
    return html`<div>
      <b>v${version}</b>${
        line === undefined
          ? nothing
          : html`<span class="muted cut">${nameOf(line.author)} · ${when(line.createdAt)}</span>`
      }
    </div>`;
  };
  const { pair } = desk.session;
  return html`<div class="sides">${caption(pair?.base ?? null)}${caption(pair?.version ?? null)}</div>`;
}
