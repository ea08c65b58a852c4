import { html, nothing, type TemplateResult } from 'lit';
import type { Comparison } from './comparison.ts';
import type { DiffLayout, FoldRow, LineRow } from './model/diffRows.ts';
import { markSpans, type Span } from '../shared/spans.ts';
import { icon } from '../shared/icon.ts';

/** A line of one side, counted from 0. */
export interface LineAt {
  readonly side: 'old' | 'now';
  readonly line: number;
}

export interface LineLook {
  readonly comparison: Comparison;
  readonly layout: DiffLayout;
  /** The change that "next" and "previous" went to. */
  readonly current: number | null;
  /** Whether the row is the one that the keyboard is on, or among those chosen for a remark. */
  readonly chosen: boolean;
  readonly index: number;
  readonly total: number;
}

/** One row: its numbers, its signs, its text with colours and changed words. */
export function lineRow(row: LineRow, look: LineLook): TemplateResult {
  const { layout, current, chosen, index, total } = look;
  const currentChange = row.change !== null && row.change === current;
  return html`<div
    class="row ${currentChange ? 'cur' : ''} ${chosen ? 'at' : ''}"
    role="row"
    data-key=${row.key}
    aria-rowindex=${index + 1}
    aria-label=${rowLabel(row, look.comparison)}
    aria-current=${chosen ? 'true' : nothing}
    data-first=${index === 0 ? '' : nothing}
    data-last=${index === total - 1 ? '' : nothing}
  >
    ${layout === 'side' ? sideCells(row, look) : layout === 'inline' ? inlineCells(row, look) : sourceCells(row, look)}
  </div>`;
}

function sideCells(row: LineRow, look: LineLook): TemplateResult {
  const old = row.change === null ? '' : row.old === null ? 'gap' : 'rem';
  const now = row.change === null ? '' : row.now === null ? 'gap' : 'add';
  return html`${number('old', row, old)}${text('old', row, old, look)}${number('now', row, now)}${text('now', row, now, look)}`;
}

function inlineCells(row: LineRow, look: LineLook): TemplateResult {
  const kind = row.change === null ? '' : row.old === null ? 'add' : 'rem';
  const side = row.now === null ? 'old' : 'now';
  return html`${number('old', row, kind)}${number('now', row, kind)}${text(side, row, kind, look)}`;
}

const sourceCells = (row: LineRow, look: LineLook): TemplateResult =>
  html`${number('now', row, '')}${text('now', row, '', look)}`;

const number = (side: LineAt['side'], row: LineRow, kind: string): TemplateResult => {
  const line = row[side];
  return html`<span
    class="ln ${kind} ${line === null ? '' : 'can'}"
    data-side=${side}
    aria-hidden="true"
    title=${line === null ? nothing : 'Comment on this line (C)'}
    >${line === null ? '' : line + 1}</span
  >`;
};

function text(side: LineAt['side'], row: LineRow, kind: string, { comparison }: LineLook): TemplateResult {
  const line = row[side];
  return html`<span class="tx ${kind}" role="cell" data-side=${side}
    >${line === null ? nothing : groups(side, line, row.change, comparison)}</span
  >`;
}

function groups(side: LineAt['side'], line: number, change: number | null, comparison: Comparison): unknown {
  const spans = (side === 'old' ? comparison.oldColours : comparison.nowColours).spans(line);
  const found = change === null ? undefined : comparison.changes[change];
  if (change === null || found === undefined) return spans.map(colour);
  const words = comparison.words(change)?.[side][line - (side === 'old' ? found.oldStart : found.newStart)];
  return markSpans(spans, words ?? []).map(({ marked, spans: some }) => {
    if (!marked) return some.map(colour);
    return side === 'old' ? html`<del>${some.map(colour)}</del>` : html`<ins>${some.map(colour)}</ins>`;
  });
}

const colour = ({ text: piece, scope }: Span): unknown =>
  scope === null ? piece : html`<span class="hl-${scope.split(/[ .]/)[0]}">${piece}</span>`;

/** What a screen reader says of a row: "removed, line 9, …". */
export function rowLabel({ old, now, change }: LineRow, comparison: Comparison): string {
  const said = (what: string, lines: readonly string[], line: number) =>
    `${what}line ${line + 1}, ${lines[line]?.trim() === '' ? 'empty' : (lines[line] ?? '')}`;
  if (change === null) return now === null ? '' : said('', comparison.now, now);
  const parts: string[] = [];
  if (old !== null) parts.push(said('removed, ', comparison.old, old));
  if (now !== null) parts.push(said('added, ', comparison.now, now));
  return parts.join('; ');
}

/** Unchanged lines that are put away: a button that brings them back. */
export const foldRow = (row: FoldRow, open: (start: number) => void): TemplateResult =>
  html`<div role="row" class="foldrow" data-key=${row.key}>
    <span role="cell"
      ><button class="fold" aria-expanded="false" @click=${() => open(row.start)}>
        ${icon('unfold')}<span>⋯ ${row.count} unchanged ${row.count === 1 ? 'line' : 'lines'}</span
        ><span class="where cut">${row.headings.join(', ')}</span>
      </button></span
    >
  </div>`;
