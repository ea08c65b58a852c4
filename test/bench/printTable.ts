import { verdictOf, type Row } from './row.ts';

/** One line per row: what, measured, bar, verdict, small print. */
export function printTable(
  groups: readonly { readonly group: string; readonly rows: readonly Row[] }[],
  out: { write(text: string): unknown },
): void {
  const width = Math.max(...groups.flatMap(({ rows }) => rows.map(({ what }) => what.length)), 4);
  for (const { group, rows } of groups) {
    out.write(`\n${group}\n`);
    for (const row of rows) {
      const bar =
        row.bar === undefined ? '' : `${row.unit === '/s' ? '≥' : '≤'} ${figure(row.bar, row.unit)}`;
      const cells = [
        `  ${row.what.padEnd(width)}`,
        (row.measured === null ? '–' : figure(row.measured, row.unit)).padStart(11),
        bar.padStart(11),
        verdictOf(row).padEnd(6),
        row.note ?? '',
      ];
      out.write(`${cells.join('  ').trimEnd()}\n`);
    }
  }
  out.write('\n');
}

function figure(value: number, unit: Row['unit']): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return unit === '×'
    ? `${value.toFixed(2)} ×`
    : `${value.toFixed(unit === '' ? 0 : digits)} ${unit}`.trimEnd();
}
