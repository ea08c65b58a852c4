/** A moment: ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Instant = string & { readonly __instant: never };

/** Where time comes from. Tests hand in one that stands still or is stepped. */
export interface Clock {
  now(): Instant;
}

export const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

export const systemClock: Clock = { now: () => instantOf(Date.now()) };
