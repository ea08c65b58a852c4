import type { ShownLoop } from '../../../src/protocol/loop.ts';
import { moneyText, timeOfText } from '../../shared/words.ts';

/** A limit with how much of it is used up. */
export interface LimitBar {
  readonly name: 'rounds' | 'time' | 'budget';
  readonly text: string;
  readonly percent: number;
  /** From 80 % on it is drawn as a warning. */
  readonly isNear: boolean;
}

type Limited = Pick<
  ShownLoop,
  | 'round'
  | 'maxIterations'
  | 'deadline'
  | 'timeLeftMs'
  | 'startedAt'
  | 'completedAt'
  | 'budgetUsd'
  | 'costUsd'
>;

/** The loop's limits; one that it does not have is left out. The deadline is a time of day: it also passes at a gate. */
export function limitBars(loop: Limited, readAt: number, now: number): readonly LimitBar[] {
  const bars = [
    bar('rounds', `Round ${loop.round} of ${loop.maxIterations}`, loop.round, loop.maxIterations),
    timeBar(loop, readAt, now),
    loop.budgetUsd === null
      ? null
      : bar(
          'budget',
          `${moneyText(loop.costUsd)} of ${moneyText(loop.budgetUsd)}`,
          loop.costUsd,
          loop.budgetUsd,
        ),
  ];
  return bars.filter((one) => one !== null);
}

function timeBar(loop: Limited, readAt: number, now: number): LimitBar | null {
  if (loop.deadline === null || loop.timeLeftMs === null) return null;
  const all = Date.parse(loop.deadline) - Date.parse(loop.startedAt);
  const left =
    loop.completedAt === null
      ? loop.timeLeftMs - (now - readAt)
      : Date.parse(loop.deadline) - Date.parse(loop.completedAt);
  const spent = Math.min(all, Math.max(0, all - left));
  return bar('time', timeOfText(spent, all), spent, all);
}

function bar(name: LimitBar['name'], text: string, used: number, all: number): LimitBar {
  const percent = all <= 0 ? 100 : Math.min(100, Math.max(0, Math.round((used / all) * 100)));
  return { name, text, percent, isNear: percent >= 80 };
}

/** Whether deadline or budget are used up, so that another round needs a new one of them; else null. */
export function spentText(loop: Limited, readAt: number, now: number): string | null {
  if (loop.timeLeftMs !== null && loop.timeLeftMs - (now - readAt) <= 0) return 'The deadline has passed.';
  if (loop.budgetUsd !== null && loop.costUsd >= loop.budgetUsd)
    return `The budget of ${moneyText(loop.budgetUsd)} is spent.`;
  return null;
}
