import { html, LitElement, type nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Comparison } from './comparison.ts';
import { foldRow, lineRow, rowLabel, type LineAt } from './diffLine.ts';
import type { DiffLayout, DiffRow, LineRow } from './model/diffRows.ts';
import { RowHeights } from './model/rowHeights.ts';

/** Lines chosen for a remark, counted from 0, the end included. */
export interface ChosenLines {
  readonly side: LineAt['side'];
  readonly from: number;
  readonly to: number;
}

const lineHeight = 20;
const foldHeight = 24;
const insertGuess = 120;
/** Rows this far beyond the window are drawn too, so that scrolling shows no gap. */
const overscan = 500;

/**
 * The lines of a comparison. Only those in sight are in the page, whatever their number; what they measure there is
 * kept, so that the scroll bar tells the truth.
 */
export class DiffTable extends LitElement {
  static override properties = {
    comparison: { attribute: false },
    rows: { attribute: false },
    layout: { attribute: false },
    current: { attribute: false },
    label: { attribute: false },
    captions: { attribute: false },
    insert: { attribute: false },
    openFold: { attribute: false },
    comment: { attribute: false },
    revision: { attribute: false },
  };
  declare comparison: Comparison;
  declare rows: readonly DiffRow[];
  declare layout: DiffLayout;
  declare current: number | null;
  declare label: string;
  declare captions: TemplateResult | typeof nothing;
  /** Draws what stands between lines. */
  declare insert: (key: string) => TemplateResult | typeof nothing;
  declare openFold: (start: number) => void;
  /** Begins a remark on lines. */
  declare comment: (lines: ChosenLines) => void;
  /** Changes whenever something that the rows draw did, though the rows are the same. */
  declare revision: unknown;
  chosen: ChosenLines | null = null;
  #at = 0;
  #heights = new RowHeights([]);
  readonly #measured = new Map<string, number>();
  #window = { first: 0, last: 0 };
  #columns = 80;
  #anchor: { readonly key: string; readonly offset: number } | null = null;
  #wanted: string | null = null;
  #resize: ResizeObserver | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(() => this.#resized());
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
  }

  /** The line that the keyboard is on, with those chosen around it. */
  get lines(): ChosenLines | null {
    if (this.chosen !== null) return this.chosen;
    const row = this.rows[this.#at];
    return row?.kind === 'line' ? chosenOf(row) : null;
  }

  /** Brings a row into view, a third below the upper edge, and puts the keyboard on it. */
  reveal(key: string): void {
    const index = this.rows.findIndex((row) => row.key === key);
    if (index === -1) return;
    this.#moveTo(index);
    this.#wanted = key;
    this.#scroller.scrollTop = Math.max(0, this.#heights.top(index) - this.#scroller.clientHeight / 3);
    this.#scrolled();
    this.requestUpdate();
  }

  /** The first line on screen, counted from 0 in the newer text, to come back to. */
  get topLine(): number {
    const from = this.#heights.rowAt(this.#scroller.scrollTop);
    const row = this.rows.slice(from).find((one): one is LineRow => one.kind === 'line' && one.now !== null);
    return row?.now ?? 0;
  }

  scrollToLine(line: number): void {
    const index = this.rows.findIndex((row) =>
      row.kind === 'line' ? (row.now ?? -1) >= line : row.kind === 'fold' && row.start + row.count > line,
    );
    if (index <= 0) return;
    this.#scroller.scrollTop = this.#heights.top(index);
    this.#scrolled();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rows') || changed.has('layout')) {
      if (changed.has('layout') || changed.has('comparison')) {
        this.#measured.clear();
        this.chosen = null;
      }
      this.#estimate();
      this.#at = Math.min(this.#at, Math.max(0, this.rows.length - 1));
    }
    this.#window = this.#windowNow();
  }

  protected override render(): TemplateResult {
    const { first, last } = this.#window;
    const rows = this.rows.slice(first, last).map((row, at) => ({ row, index: first + at }));
    return html`<div
      class="view diff ${this.layout}"
      role="table"
      tabindex="0"
      aria-label=${this.label}
      aria-rowcount=${this.rows.length}
      @scroll=${() => this.#scrolled()}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
      @mousedown=${(event: MouseEvent) => this.#pressed(event)}
    >
      ${this.captions}
      <div class="space" .style=${`height: ${this.#heights.top(first)}px`}></div>
      ${repeat(
        rows,
        ({ row }) => row.key,
        ({ row, index }) => this.#row(row, index),
      )}
      <div class="space" .style=${`height: ${this.#heights.total - this.#heights.top(last)}px`}></div>
      <output class="sr" aria-live="polite"></output>
    </div>`;
  }

  protected override updated(): void {
    this.#restoreAnchor();
    if (this.#measure()) {
      this.#restoreAnchor();
      this.requestUpdate();
    }
    const wanted = this.#wanted;
    this.#wanted = null;
    if (wanted !== null) this.#intoView(wanted);
  }

  #row(row: DiffRow, index: number): TemplateResult | typeof nothing {
    if (row.kind === 'fold') return foldRow(row, this.openFold);
    if (row.kind === 'insert')
      return html`<div class="insert" data-key=${row.key} role="row">
        <div role="cell">${this.insert(row.key)}</div>
      </div>`;
    return lineRow(row, {
      comparison: this.comparison,
      layout: this.layout,
      current: this.current,
      chosen: this.#isChosen(row, index),
      index,
      total: this.rows.length,
    });
  }

  #isChosen(row: LineRow, index: number): boolean {
    const { chosen } = this;
    if (chosen === null) return index === this.#at;
    const line = row[chosen.side];
    return line !== null && line >= chosen.from && line <= chosen.to;
  }

  get #scroller(): HTMLElement {
    return this.firstElementChild as HTMLElement;
  }

  #windowNow(): { first: number; last: number } {
    const scroller = this.firstElementChild;
    const [top, height] =
      scroller === null ? [0, window.innerHeight] : [scroller.scrollTop, scroller.clientHeight];
    return this.#heights.window(top - overscan, top + height + overscan);
  }

  #scrolled(): void {
    const { scrollTop } = this.#scroller;
    const row = this.#heights.rowAt(scrollTop);
    const key = this.rows[row]?.key;
    this.#anchor = key === undefined ? null : { key, offset: scrollTop - this.#heights.top(row) };
    const { first, last } = this.#windowNow();
    if (first !== this.#window.first || last !== this.#window.last) this.requestUpdate();
    this.dispatchEvent(new CustomEvent('scrolled'));
  }

  /** What stood at the upper edge stands there still, whatever grew above it. */
  #restoreAnchor(): void {
    const anchor = this.#anchor;
    if (anchor === null) return;
    const index = this.rows.findIndex(({ key }) => key === anchor.key);
    if (index === -1) return;
    const top = this.#heights.top(index) + Math.min(anchor.offset, this.#heights.height(index));
    if (Math.abs(this.#scroller.scrollTop - top) >= 1) this.#scroller.scrollTop = top;
  }

  #resized(): void {
    const scroller = this.firstElementChild;
    if (scroller === null || this.comparison === undefined) return;
    const width =
      (scroller.clientWidth - 12) / (this.layout === 'side' ? 2 : 1) - (this.layout === 'inline' ? 106 : 70);
    const columns = Math.max(10, Math.floor(width / characterWidth(scroller)));
    if (columns !== this.#columns) {
      this.#columns = columns;
      this.#measured.clear();
      this.#estimate();
    }
    this.requestUpdate();
  }

  #estimate(): void {
    this.#heights = new RowHeights(this.rows.map((row) => this.#measured.get(row.key) ?? this.#guess(row)));
  }

  #guess(row: DiffRow): number {
    if (row.kind === 'fold') return foldHeight;
    if (row.kind === 'insert') return insertGuess;
    const length = (lines: readonly string[], line: number | null) =>
      line === null ? 0 : (lines[line]?.length ?? 0);
    const longest = Math.max(length(this.comparison.old, row.old), length(this.comparison.now, row.now));
    return lineHeight * Math.max(1, Math.ceil(longest / this.#columns));
  }

  /** Whether a row in the page is not as high as it was thought to be. */
  #measure(): boolean {
    let moved = false;
    let index = this.#window.first;
    for (const element of this.#scroller.querySelectorAll<HTMLElement>(':scope > [data-key]')) {
      const { height } = element.getBoundingClientRect();
      if (height > 0 && this.#heights.measured(index, height) !== 0) {
        this.#measured.set(element.dataset['key'] ?? '', height);
        moved = true;
      }
      index += 1;
    }
    return moved;
  }

  #moveTo(index: number): void {
    this.#at = index;
    this.chosen = null;
    const row = this.rows[index];
    const said = row?.kind === 'line' ? rowLabel(row, this.comparison) : '';
    const output = this.#scroller.querySelector('output');
    if (output !== null) output.textContent = said;
    this.requestUpdate();
  }

  #intoView(key: string): void {
    const index = this.rows.findIndex((row) => row.key === key);
    const [top, bottom] = [this.#heights.top(index), this.#heights.top(index + 1)];
    const { scrollTop, clientHeight } = this.#scroller;
    const head = this.layout === 'side' ? 28 : 0;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (bottom + head > scrollTop + clientHeight)
      this.#scroller.scrollTop = bottom + head - clientHeight;
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.#scroller || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (event.shiftKey) return this.#extend(step);
    let to = this.#at + step;
    while (this.rows[to] !== undefined && this.rows[to]?.kind !== 'line') to += step;
    const row = this.rows[to];
    if (row === undefined) return;
    this.#moveTo(to);
    this.#wanted = row.key;
  }

  #extend(step: number): void {
    const chosen = this.lines;
    if (chosen === null) return;
    const lines = chosen.side === 'old' ? this.comparison.old : this.comparison.now;
    const to = Math.min(lines.length - 1, chosen.to + step);
    if (to >= chosen.from) this.chosen = { ...chosen, to };
    this.requestUpdate();
  }

  #pressed(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const element = target.closest<HTMLElement>('.row');
    const index = this.rows.findIndex(({ key }) => key === element?.dataset['key']);
    const row = this.rows[index];
    if (row?.kind !== 'line') return;
    const before = this.lines;
    if (!event.shiftKey || before === null) {
      this.#moveTo(index);
      const side = target.closest<HTMLElement>('.ln')?.dataset['side'] as LineAt['side'] | undefined;
      const at = side === undefined ? null : row[side];
      if (side === undefined || at === null) return;
      // The field that opens takes the focus, which the press would give to the table.
      event.preventDefault();
      return this.comment({ side, from: at, to: at });
    }
    const line = row[before.side];
    if (line === null) return;
    event.preventDefault();
    this.chosen = { ...before, from: Math.min(before.from, line), to: Math.max(before.to, line) };
    this.requestUpdate();
  }
}

function chosenOf({ old, now }: LineRow): ChosenLines | null {
  if (now !== null) return { side: 'now', from: now, to: now };
  return old === null ? null : { side: 'old', from: old, to: old };
}

function characterWidth(element: Element): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 7.2;
  context.font = getComputedStyle(element).font;
  return context.measureText('0'.repeat(50)).width / 50 || 7.2;
}
