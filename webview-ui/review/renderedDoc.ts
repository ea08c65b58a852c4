import { html, LitElement, nothing, render, type PropertyValues, type TemplateResult } from 'lit';
import type { Comparison } from './comparison.ts';
import { highlightedHtml } from '../shared/highlight.ts';
import { lineKinds } from './model/lineKinds.ts';
import { markdownReader, type Block } from './model/markdown.ts';
import { headingsBetween } from './model/headings.ts';
import type { Range } from '../shared/range.ts';
import { diffWords } from './model/wordDiff.ts';
import { markText } from './markText.ts';
import { icon } from '../shared/icon.ts';
import { purified } from '../shared/purified.ts';

/** A thread as the rendered text shows it: a sign at its lines, the thread itself below the block when it is opened. */
export interface RenderedThread {
  readonly key: string;
  /** Counted from 0. */
  readonly line: number;
  readonly remarks: number;
  readonly resolved: boolean;
  readonly open: boolean;
  readonly draw: () => TemplateResult;
  readonly toggle: () => void;
}

const reader = markdownReader(highlightedHtml);
/** Unchanged blocks of fewer lines than this together are shown. */
const leastFolded = 8;
/** Longest stretch of work before the page gets a turn. */
const sliceMs = 8;

/** A run of blocks that is shown, or is put away because nothing changed in it. */
interface Run {
  readonly blocks: readonly Block[];
  readonly folded: boolean;
  readonly start: number;
}

/**
 * The text as it is meant to be read, with a bar beside what changed. Blocks are put into the page in slices, so that
 * a long text never holds it up.
 */
export class RenderedDoc extends LitElement {
  static override properties = {
    comparison: { attribute: false },
    threads: { attribute: false },
    current: { attribute: false },
    alone: { attribute: false },
    unfolded: { attribute: false },
    unfold: { attribute: false },
    showChange: { attribute: false },
    openLink: { attribute: false },
    revision: { attribute: false },
  };
  declare comparison: Comparison;
  declare threads: readonly RenderedThread[];
  declare current: number | null;
  /** Said above a text that is not compared with another. */
  declare alone: string;
  declare unfolded: ReadonlySet<number>;
  declare unfold: (start: number) => void;
  declare showChange: (change: number) => void;
  declare openLink: (url: string) => void;
  declare revision: unknown;
  #runs: readonly Run[] = [];
  #blocks: readonly Block[] = [];
  #filled = new WeakMap<Block, HTMLElement>();
  readonly #places = new Map<string, { readonly sign: HTMLElement; readonly below: HTMLElement }>();
  #turn = 0;
  #wanted: { readonly line: number } | null = null;
  /** The block that was clicked or went to last: a remark is about it. */
  #at: number | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#turn += 1;
  }

  /** Lines of the block that the keyboard is on or that is at the upper edge, counted from 0. */
  get lines(): { readonly from: number; readonly to: number } | null {
    const at = this.#at ?? this.topLine;
    const block = this.#blocks.find(({ end }) => end > at);
    if (block === undefined) return null;
    const inner = this.querySelector<HTMLElement>(`[data-line="${at}"]`);
    const last = Math.min(Number(inner?.dataset['end'] ?? block.end), block.end);
    const from = Math.max(at, block.start);
    return { from, to: Math.max(from, this.#withoutBlanks(last) - 1) };
  }

  get topLine(): number {
    const edge = this.getBoundingClientRect().top;
    for (const element of this.querySelectorAll<HTMLElement>('.block'))
      if (element.getBoundingClientRect().bottom > edge + 1) return Number(element.dataset['start'] ?? 0);
    return 0;
  }

  scrollToLine(line: number): void {
    this.#wanted = { line };
    this.#arrive('start');
  }

  /** Blocks get their true heights when they come near the window: the place is found in a few frames. */
  #arrive(block: ScrollLogicalPosition, frames = 3): void {
    this.#goToWanted(block);
    if (frames > 0) requestAnimationFrame(() => this.#arrive(block, frames - 1));
    else this.#wanted = null;
  }

  /** Brings a change into view. */
  revealChange(change: number): void {
    const line = this.comparison.changes[change]?.newStart ?? 0;
    this.#at = line;
    this.#wanted = { line };
    this.#arrive('center');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('comparison')) {
      const { comparison } = this;
      const kinds = lineKinds(comparison.changes, (line) => (comparison.now[line] ?? '').trim() === '');
      this.#blocks = reader.blocks(comparison.now.join('\n'), kinds);
      this.#filled = new WeakMap();
      for (const { sign, below } of this.#places.values()) [sign, below].forEach((one) => one.remove());
      this.#at = null;
    }
    if (changed.has('comparison') || changed.has('unfolded')) this.#runs = this.#cut();
  }

  protected override render(): TemplateResult {
    const { base } = this.comparison.pair;
    return html`<div
      class="view rendered"
      tabindex="0"
      role="region"
      aria-label="Rendered text"
      @click=${(event: MouseEvent) => this.#clicked(event)}
      @scroll=${() => this.dispatchEvent(new CustomEvent('scrolled'))}
    >
      <article class="doc ${base === null ? 'alone' : ''}">
        ${
          base === null
            ? html`<div class="hint">${icon('info')}<span>${this.alone}</span></div>`
            : html`<div class="legend" aria-hidden="true">
                <span>changed since v${base}</span><span class="a">added since v${base}</span>
              </div>`
        }
        ${this.#blocks.length === 0 ? html`<p class="muted">This version is empty.</p>` : nothing}
        ${this.#runs.map((run) => (run.folded ? this.#fold(run) : run.blocks.map((block) => this.#block(block))))}
      </article>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('comparison') || changed.has('unfolded')) void this.#fill();
    else this.#drawThreads();
    this.#markCurrent();
  }

  #block(block: Block): TemplateResult {
    return html`${block.removals.map(
        ({ count, change }) =>
          html`<button class="gone" data-gone=${change} @click=${() => this.showChange(change)}>
            − ${count} ${count === 1 ? 'line' : 'lines'} removed
          </button>`,
      )}
      <div class="block" data-start=${block.start} data-end=${block.end}></div>`;
  }

  #fold({ blocks, start }: Run): TemplateResult {
    const end = blocks.at(-1)?.end ?? start;
    const headings = headingsBetween(this.comparison.now, start, end);
    return html`<button class="fold" aria-expanded="false" @click=${() => this.unfold(start)}>
      ${icon('unfold')}<span class="cut"
        >⋯ ${end - start} unchanged lines${headings.length > 0 ? `: ${headings.join(', ')}` : ''}</span
      >
    </button>`;
  }

  /** Folds what is far from every change: a heading above a change and the blocks beside it stay. */
  #cut(): Run[] {
    const { base } = this.comparison.pair;
    const anchored = (block: Block) =>
      this.threads.some(({ line, resolved }) => !resolved && line >= block.start && line < block.end);
    const kept = this.#blocks.map(
      (block) =>
        base === null ||
        this.comparison.changes.length === 0 ||
        block.changed ||
        block.removals.length > 0 ||
        anchored(block),
    );
    const shown = kept.map((_, at) => kept.slice(Math.max(0, at - 1), at + 2).includes(true));
    const runs: Run[] = [];
    for (let at = 0; at < this.#blocks.length;) {
      let end = at;
      while (end < this.#blocks.length && shown[end] === shown[at]) end += 1;
      const blocks = this.#blocks.slice(at, end);
      const start = blocks[0]?.start ?? 0;
      const long = (blocks.at(-1)?.end ?? 0) - start >= leastFolded;
      runs.push({ blocks, start, folded: shown[at] === false && long && !this.unfolded.has(start) });
      at = end;
    }
    return runs;
  }

  /** Puts the blocks into their places, a slice at a time. */
  async #fill(): Promise<void> {
    const turn = (this.#turn += 1);
    const places = [...this.querySelectorAll<HTMLElement>('.block')];
    const blocks = this.#runs.filter(({ folded }) => !folded).flatMap(({ blocks: some }) => some);
    let started = performance.now();
    for (const [at, block] of blocks.entries()) {
      const place = places[at];
      if (place === undefined || this.#filled.get(block) === place) continue;
      this.#filled.set(block, place);
      place.replaceChildren(purified(block.html));
      if (block.changed) this.#markWords(place);
      if (performance.now() - started > sliceMs) {
        this.#goToWanted('start');
        await new Promise((resolve) => setTimeout(resolve));
        if (turn !== this.#turn) return;
        started = performance.now();
      }
    }
    this.#drawThreads();
    this.#markCurrent();
    this.#goToWanted('start');
  }

  /** Marks the words that changed within a piece, read against the older lines that became it. */
  #markWords(place: HTMLElement): void {
    for (const piece of place.querySelectorAll<HTMLElement>('[data-old]')) {
      const [start = 0, end = 0] = (piece.dataset['old'] ?? '').split(' ').map(Number);
      const before = purified(reader.html(this.comparison.old.slice(start, end).join('\n')));
      const fenced = piece.tagName === 'CODE' ? before.querySelector('code') : null;
      const was = (fenced ?? before).textContent ?? '';
      markText(piece, (now) =>
        fenced === null ? changedWords([was.trim()], [now]) : changedWords(was.split('\n'), now.split('\n')),
      );
    }
  }

  /** Signs and threads stay the same elements while they are drawn anew: what is typed in one keeps its focus. */
  #drawThreads(): void {
    for (const [key, { sign, below }] of this.#places)
      if (!this.threads.some((thread) => thread.key === key)) {
        sign.remove();
        below.remove();
        this.#places.delete(key);
      }
    for (const thread of this.threads) this.#drawThread(thread);
  }

  #drawThread(thread: RenderedThread): void {
    const { sign, below } = this.#places.get(thread.key) ?? { sign: place('span'), below: place('div') };
    this.#places.set(thread.key, { sign, below });
    const said = `${thread.remarks} ${thread.remarks === 1 ? 'comment' : 'comments'}, ${thread.resolved ? 'resolved' : 'unresolved'}`;
    render(
      thread.remarks === 0
        ? nothing
        : html`<button class="talk" aria-label=${said} aria-expanded=${thread.open} @click=${thread.toggle}>
            ${icon('comment')}${thread.remarks}
          </button>`,
      sign,
    );
    render(thread.open ? thread.draw() : nothing, below);
    const piece = this.#pieceAt(thread.line);
    const target = piece?.querySelector(':scope > p') ?? piece ?? null;
    if (target !== null && sign.parentElement !== target) target.append(sign);
    const block = piece?.closest('.block') ?? null;
    if (block !== null && below.previousElementSibling !== block && !below.isConnected) block.after(below);
  }

  /** The smallest piece of the text that a line belongs to. */
  #pieceAt(line: number): HTMLElement | null {
    let found: HTMLElement | null = null;
    for (const piece of this.querySelectorAll<HTMLElement>('[data-line]')) {
      const [start, end] = [Number(piece.dataset['line']), Number(piece.dataset['end'])];
      if (line >= start && line < end) found = piece;
    }
    const inner =
      found?.tagName === 'CODE' || found?.tagName === 'TABLE' ? found.closest<HTMLElement>('.block') : found;
    return inner ?? this.#blockElement(line);
  }

  #blockElement(line: number): HTMLElement | null {
    return (
      [...this.querySelectorAll<HTMLElement>('.block')].find((one) => Number(one.dataset['end']) > line) ??
      null
    );
  }

  #markCurrent(): void {
    for (const piece of this.querySelectorAll('.on')) piece.classList.remove('on');
    if (this.current === null) return;
    const piece = this.#changeElement(this.current);
    piece?.classList.add('on');
  }

  #changeElement(change: number): Element | null {
    return this.querySelector(`[data-change="${change}"], [data-gone="${change}"]`);
  }

  #goToWanted(block: ScrollLogicalPosition): void {
    if (this.#wanted === null) return;
    const { line } = this.#wanted;
    const change = this.comparison.changes.findIndex(({ newStart }) => newStart === line);
    const piece = block === 'center' && change !== -1 ? this.#changeElement(change) : null;
    (piece ?? this.#blockElement(line))?.scrollIntoView({ block });
  }

  #clicked(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const link = target.closest('a');
    if (link !== null) {
      event.preventDefault();
      this.openLink(link.getAttribute('href') ?? '');
      return;
    }
    const piece = target.closest<HTMLElement>('[data-line]');
    if (piece !== null) this.#at = Number(piece.dataset['line']);
  }

  #withoutBlanks(end: number): number {
    let last = end;
    while (last > 1 && (this.comparison.now[last - 1] ?? '').trim() === '') last -= 1;
    return last;
  }
}

const place = (tag: 'span' | 'div'): HTMLElement =>
  Object.assign(document.createElement(tag), { className: 'talk-place' });

/** What changed, as ranges of all lines together. */
function changedWords(old: readonly string[], now: readonly string[]): readonly Range[] {
  let start = 0;
  return (diffWords(old, now)?.now ?? []).flatMap((ranges, line) => {
    const offset = start;
    start += (now[line]?.length ?? 0) + 1;
    return ranges.map((range) => ({ start: range.start + offset, end: range.end + offset }));
  });
}
