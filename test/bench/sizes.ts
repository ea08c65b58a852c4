/** How many todos the store holds in turn. `SLOOP_BENCH_SIZES=10000,100000` leaves the slow one out. */
export function sizes(): number[] {
  const asked = process.env['SLOOP_BENCH_SIZES'];
  if (asked === undefined) return [10_000, 100_000, 1_000_000];
  const given = asked.split(',').map(Number);
  if (given.some((size) => !Number.isInteger(size) || size < 1000))
    throw new Error('SLOOP_BENCH_SIZES takes whole numbers from 1000 up, with commas between.');
  return given;
}
