/** How often one token may call: `burst` at once, `perSecond` in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

export interface RateLimit {
  /** 0 when the call may go on, else after how many milliseconds it may be tried again. */
  take(key: string, rate: Rate): number;
}

/** A bucket per key that fills at a steady rate. `elapsed` is a clock in milliseconds that never goes back. */
export function createRateLimit(elapsed: () => number): RateLimit {
  const buckets = new Map<string, { level: number; at: number }>();

  /** Buckets that are full again say nothing: without this a long life would gather one per agent. */
  function forgetIdle(now: number): void {
    for (const [key, bucket] of buckets) if (now - bucket.at > 60_000) buckets.delete(key);
  }

  return {
    take(key, rate) {
      const now = elapsed();
      if (buckets.size > 1000) forgetIdle(now);
      const last = buckets.get(key) ?? { level: rate.burst, at: now };
      const level = Math.min(rate.burst, last.level + ((now - last.at) / 1000) * rate.perSecond);
      if (level < 1) {
        buckets.set(key, { level, at: now });
        return Math.ceil(((1 - level) / rate.perSecond) * 1000);
      }
      buckets.set(key, { level: level - 1, at: now });
      return 0;
    },
  };
}
