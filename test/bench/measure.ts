import { performance } from 'node:perf_hooks';

/** The value below which `share` of the sample lies; 0.5 is the median. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('no sample');
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Milliseconds that `work` took. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  const result = work();
  if (result instanceof Promise) await result;
  return performance.now() - started;
}

/** Each of `times` runs in milliseconds, after one that does not count. */
export async function timings(times: number, work: (round: number) => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let round = 0; round <= times; round++) {
    const ms = await timed(() => work(round));
    if (round > 0) taken.push(ms);
  }
  return taken;
}

export interface Ratio {
  /** Median of the ratios of the rounds, and where the middle 80 % of them lie. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Median milliseconds of one round. */
  readonly oursMs: number;
  readonly theirsMs: number;
}

/**
 * Ours against theirs in turns, in one process, so that whatever else the machine does falls on both; who goes
 * first changes each round. Absolute times on a shared machine vary by a factor of two; these ratios do not.
 */
export async function interleaved(
  rounds: number,
  ours: (round: number) => unknown,
  theirs: (round: number) => unknown,
): Promise<Ratio> {
  await ours(0);
  await theirs(0);
  const our: number[] = [];
  const their: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    if (round % 2 === 1) our.push(await timed(() => ours(round)));
    their.push(await timed(() => theirs(round)));
    if (round % 2 === 0) our.push(await timed(() => ours(round)));
  }
  const ratios = our.map((ms, round) => ms / (their[round] as number));
  return {
    median: median(ratios),
    low: percentile(ratios, 0.1),
    high: percentile(ratios, 0.9),
    oursMs: median(our),
    theirsMs: median(their),
  };
}
