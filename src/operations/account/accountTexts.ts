import type { Instant } from '../../base/clock.ts';

/** Until when, for a person. */
export const untilText = (until: Instant): string => `until ${until.slice(0, 16).replace('T', ' ')} UTC`;

/** Why an agent waits. */
export const allExhausted = (provider: string, until: Instant | null): string =>
  until === null
    ? `No account of ${provider} can be used until somebody logs in again and resets it: sloop account list.`
    : `All accounts of ${provider} are exhausted ${untilText(until)}.`;
