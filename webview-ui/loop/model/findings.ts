import type { ShownFinding, ShownLoop, ShownRound } from '../../../src/protocol/loop.ts';
import { counted } from '../../shared/words.ts';

/**
 * How a finding stood at the end of a round. `open`: raised for the first time. `again`: raised once more.
 * `fixed`: the review no longer raised it. `absent`: there was nothing to say of it. `pending`: the round's review
 * has not ended. `unreviewed`: the round ended without one.
 */
export type Standing = 'open' | 'again' | 'fixed' | 'absent' | 'pending' | 'unreviewed';

export interface FindingRow {
  readonly key: string;
  /** As the newest review that raised it put it. */
  readonly finding: ShownFinding;
  readonly firstRound: number;
  readonly isOpen: boolean;
  /** How often it came back after it was first raised. */
  readonly returns: number;
  /** One for each round, in order. */
  readonly standings: readonly Standing[];
}

export interface FindingsHistory {
  readonly rounds: readonly number[];
  readonly rows: readonly FindingRow[];
  readonly open: number;
  readonly fixed: number;
  /** Older rounds are not loaded, so what seems new in the first one may be older. */
  readonly isCut: boolean;
  /** The line beside the heading. */
  readonly text: string;
}

/** What a round's stages found, each finding once. */
export const findingsOf = (round: ShownRound): ReadonlyMap<string, ShownFinding> =>
  new Map(round.stages.flatMap(({ findings }) => findings.map((finding) => [finding.key, finding] as const)));

/** Whether a round's last stage, which reviews it, has ended with a word. */
export const isReviewed = (round: ShownRound): boolean => round.stages.at(-1)?.status === 'completed';

const severities = ['blocker', 'major', 'minor'] as const satisfies readonly ShownFinding['severity'][];

/** Every finding of the loop, and how it went from round to round. Worst first, then oldest. */
export function findingsHistory(
  loop: Pick<ShownLoop, 'rounds' | 'earlierRounds' | 'status'>,
): FindingsHistory {
  const { rounds } = loop;
  const perRound = rounds.map(findingsOf);
  const rows = [...new Set(perRound.flatMap((found) => [...found.keys()]))].flatMap((key): FindingRow[] => {
    const first = perRound.findIndex((found) => found.has(key));
    const firstRound = rounds[first]?.number;
    const finding = perRound.findLast((found) => found.has(key))?.get(key);
    if (firstRound === undefined || finding === undefined) return [];
    const standings = standingsOf(key, rounds, perRound);
    const lastSaid = standings.findLast((one) => one === 'open' || one === 'again' || one === 'fixed');
    const returns = standings.filter((one) => one === 'again').length;
    return [{ key, finding, firstRound, isOpen: lastSaid !== 'fixed', returns, standings }];
  });
  rows.sort(
    (a, b) =>
      severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
      a.firstRound - b.firstRound,
  );
  const open = rows.filter(({ isOpen }) => isOpen).length;
  const fixed = rows.length - open;
  return {
    rounds: rounds.map(({ number }) => number),
    rows,
    open,
    fixed,
    isCut: loop.earlierRounds > 0,
    text: historyText(rounds, open, fixed),
  };
}

function standingsOf(
  key: string,
  rounds: readonly ShownRound[],
  perRound: readonly ReadonlyMap<string, ShownFinding>[],
): readonly Standing[] {
  let seen = false;
  let isOpen = false;
  return rounds.map((round, index): Standing => {
    if (perRound[index]?.has(key) === true) {
      const standing = seen ? 'again' : 'open';
      seen = true;
      isOpen = true;
      return standing;
    }
    if (!isOpen) return 'absent';
    if (!isReviewed(round)) return round.status === 'running' ? 'pending' : 'unreviewed';
    isOpen = false;
    return 'fixed';
  });
}

function historyText(rounds: readonly ShownRound[], open: number, fixed: number): string {
  const last = rounds.at(-1);
  if (open + fixed === 0)
    return rounds.some(isReviewed) ? 'None' : 'None yet: the first review has not ended';
  const counts = [open > 0 || fixed === 0 ? `${open} open` : null, fixed > 0 ? `${fixed} fixed` : null];
  const waits =
    open > 0 && fixed === 0 && last?.status === 'running' && !isReviewed(last)
      ? `round ${last.number} is not reviewed yet`
      : null;
  return [...counts, waits].filter((part) => part !== null).join(', ');
}

/** What a review found, against the rounds before: "4 findings, 2 of them blockers", "3 fixed, 1 again, 1 new". */
export function tallyText(history: FindingsHistory, round: number): string {
  const at = history.rounds.indexOf(round);
  const standing = (wanted: Standing) => history.rows.filter(({ standings }) => standings[at] === wanted);
  const [fresh, again, fixed] = [standing('open'), standing('again'), standing('fixed')];
  if (again.length + fixed.length === 0) {
    const blockers = fresh.filter(({ finding }) => finding.severity === 'blocker').length;
    if (fresh.length === 0) return 'No findings';
    const head = counted(fresh.length, 'finding');
    if (blockers === 0) return head;
    return blockers === fresh.length
      ? `${head}, ${blockers === 1 ? 'a blocker' : 'all blockers'}`
      : `${head}, ${blockers} of them ${blockers === 1 ? 'a blocker' : 'blockers'}`;
  }
  const parts = [
    fixed.length > 0 ? `${fixed.length} fixed` : null,
    again.length > 0 ? `${again.length} again` : null,
    fresh.length > 0 ? `${fresh.length} new` : null,
  ].filter((part) => part !== null);
  return again.length + fresh.length === 0 ? `${parts.join(', ')}, none left` : parts.join(', ');
}
