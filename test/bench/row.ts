import { median, percentile, type Ratio } from './measure.ts';

/** One line of the table. `bar` is the most that `measured` may be (or the least, where more is better). */
export interface Row {
  readonly what: string;
  /** Null where it could not be measured; `note` then says why. */
  readonly measured: number | null;
  readonly unit: '×' | 'ms' | 'MB' | '/s' | 'µs' | '%' | '';
  readonly bar?: number;
  /** Small print: spread, absolute times, how it was measured. */
  readonly note?: string;
}

export type Verdict = 'ok' | 'MISSED' | '';

export function verdictOf({ measured, bar, unit }: Row): Verdict {
  if (measured === null || bar === undefined) return '';
  return (unit === '/s' ? measured >= bar : measured <= bar) ? 'ok' : 'MISSED';
}

/**
 * What something takes when nothing disturbs it. There is nothing beside it to divide by, and other programs only
 * ever add: so the fastest tenth is the measure, and the median and the slowest tenth are said beside it.
 */
export const undisturbed = (taken: readonly number[]): Pick<Row, 'measured' | 'unit' | 'note'> => ({
  measured: percentile(taken, 0.1),
  unit: 'ms',
  note: `median ${shortTime(median(taken))}, p90 ${shortTime(percentile(taken, 0.9))}`,
});

/** A ratio row; `per` is how many of the thing one round did. */
export function ratioRow(what: string, ratio: Ratio, options: { bar?: number; per: number }): Row {
  const each = (ms: number) => shortTime(ms / options.per);
  return {
    what,
    measured: ratio.median,
    unit: '×',
    ...(options.bar === undefined ? {} : { bar: options.bar }),
    note: `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}; ${each(ratio.oursMs)} against ${each(ratio.theirsMs)}`,
  };
}

export const shortTime = (ms: number): string =>
  ms < 1 ? `${(ms * 1000).toFixed(0)} µs` : ms < 100 ? `${ms.toFixed(1)} ms` : `${ms.toFixed(0)} ms`;

/** 10000 as `10k`, 1000000 as `1M`. */
export const shortCount = (count: number): string =>
  count >= 1_000_000 ? `${count / 1_000_000}M` : count >= 1000 ? `${count / 1000}k` : `${count}`;
