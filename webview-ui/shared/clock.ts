/** A duration that may still be running: what was counted when it was read, and when that was. */
export interface Clock {
  readonly ms: number;
  /** When it was read, in milliseconds of this machine; null where it stands still. */
  readonly since: number | null;
}

export const still = (ms: number): Clock => ({ ms, since: null });

export const ticking = (ms: number, since: number): Clock => ({ ms, since });

/** What it shows at a moment. */
export const shownMs = ({ ms, since }: Clock, now: number): number =>
  since === null ? ms : ms + Math.max(0, now - since);

/** How long until its seconds change; null where they never do. */
export const untilNextSecond = (clock: Clock, now: number): number | null =>
  clock.since === null ? null : 1000 - (shownMs(clock, now) % 1000);
