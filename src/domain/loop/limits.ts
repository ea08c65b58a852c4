import type { Instant } from '../../base/clock.ts';
import type { Loop } from './loop.ts';

export type Limits = Pick<Loop, 'maxIterations' | 'deadline' | 'budgetUsd'>;

/** Why no further stage may start, deadline before budget; null while both leave room. */
export function spentLimit(
  { deadline, budgetUsd }: Pick<Limits, 'deadline' | 'budgetUsd'>,
  costUsd: number,
  now: Instant,
): string | null {
  if (deadline !== null && now >= deadline) return `the deadline (${deadline}) has passed`;
  if (budgetUsd !== null && costUsd >= budgetUsd)
    return `the budget of $${budgetUsd.toFixed(2)} is spent ($${costUsd.toFixed(2)})`;
  return null;
}

/** What may still be spent; null without a budget. */
export const budgetLeft = ({ budgetUsd }: Pick<Limits, 'budgetUsd'>, costUsd: number): number | null =>
  budgetUsd === null ? null : Math.max(0, budgetUsd - costUsd);

/** Why no further round may follow round `number`; null while there may be one. */
export function roundLimit(limits: Limits, number: number, costUsd: number, now: Instant): string | null {
  if (number >= limits.maxIterations)
    return `round ${number} of ${limits.maxIterations} was the last one allowed`;
  return spentLimit(limits, costUsd, now);
}
