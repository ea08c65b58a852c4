import { cellText, cut, isEmpty, label, pad, width } from './cellText.ts';
import { paintStatus, type Paint } from './paint.ts';

type Row = Readonly<Record<string, unknown>>;

/** Columns below this say nothing any more. */
const narrowest = 12;

/** Rows as aligned columns; those that are empty in every row are left out. */
export function tableText(rows: readonly Row[], columns: number | null, paint: Paint): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) =>
    rows.some((row) => !isEmpty(row[key])),
  );
  const cells = rows.map((row) => keys.map((key) => cellText(row[key])));
  const heads = keys.map((key) => label(key).toUpperCase());
  const wanted = keys.map((_, index) =>
    Math.max(width(heads[index] ?? ''), ...cells.map((row) => width(row[index] ?? ''))),
  );
  const widths = columns === null ? wanted : fit(wanted, columns);
  const line = (texts: readonly string[], style: (text: string) => string) =>
    texts
      .map((text, index) => {
        const shown = cut(text, widths[index] ?? 0);
        return style(index === texts.length - 1 ? shown : pad(shown, widths[index] ?? 0));
      })
      .join('  ')
      .trimEnd();
  return [
    line(heads, (text) => paint('dim', text)),
    ...cells.map((row) => line(row, (text) => paintStatus(paint, text))),
  ].join('\n');
}

/** Takes from the widest column until all fit, or until every column is as narrow as makes sense. */
function fit(wanted: readonly number[], columns: number): readonly number[] {
  const widths = [...wanted];
  for (;;) {
    const total = widths.reduce((sum, one) => sum + one, 0) + 2 * (widths.length - 1);
    const widest = Math.max(...widths);
    if (total <= columns || widest <= narrowest) return widths;
    const index = widths.indexOf(widest);
    const next = Math.max(narrowest, ...widths.filter((_, other) => other !== index));
    widths[index] = Math.max(narrowest, Math.min(widest - 1, next), widest - (total - columns));
  }
}
