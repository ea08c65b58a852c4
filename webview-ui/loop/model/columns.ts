import type { ShownLoop, ShownRound } from '../../../src/protocol/loop.ts';
import { ghostCell, stageCell, stageClock, type Cell, type CellFacts } from './cells.ts';
import { still, type Clock } from '../../shared/clock.ts';
import type { CellKey } from './snapshot.ts';

/** A round as a column of the grid. */
export interface Column {
  readonly number: number;
  readonly word: string;
  /** `past` ones fold where there is little room; a `ghost` is a round that may still come. */
  readonly kind: 'past' | 'newest' | 'ghost';
  readonly clock: Clock | null;
  readonly cells: readonly Cell[];
}

/** The grid: rounds as columns, stages as their cells. */
export function columnsOf(facts: CellFacts): readonly Column[] {
  const { loop, readAt } = facts.snapshot;
  const columns = loop.rounds.map((round, index): Column => ({
    number: round.number,
    word: roundWord(loop, round, facts),
    kind: index === loop.rounds.length - 1 ? 'newest' : 'past',
    clock: roundClock(round, readAt),
    cells: round.stages.map((stage) => stageCell(facts, round, stage)),
  }));
  return ghostFollows(loop) ? [...columns, ghostOf(loop, facts.history.open)] : columns;
}

function roundWord(loop: ShownLoop, round: ShownRound, { gate }: CellFacts): string {
  switch (round.status) {
    case 'pending':
      return 'not started';
    case 'running':
      if (gate?.round.number === round.number) return 'waits for you';
      return loop.status === 'paused' || loop.status === 'blocked' ? loop.status : 'running';
    case 'needs_rework':
      return 'needs rework';
    case 'failed':
      return round.outcome === 'stopped' ? 'stopped' : 'failed';
    case 'completed':
      // "approved", "goal reached", "done": how it ended says more than that it did.
      return round.outcome ?? 'completed';
  }
}

/** The time that its agents worked, as the sum of its stages'. */
function roundClock(round: ShownRound, readAt: number): Clock | null {
  const clocks = round.stages.map((stage) => stageClock(stage, readAt)).filter((clock) => clock !== null);
  if (clocks.length === 0) return null;
  const ms = clocks.reduce((sum, clock) => sum + clock.ms, 0);
  return clocks.some(({ since }) => since !== null) ? { ms, since: readAt } : still(ms);
}

/** Another round may come while the loop is under way, its limit leaves one, and the newest has not been approved. */
function ghostFollows(loop: ShownLoop): boolean {
  if ((loop.status !== 'running' && loop.status !== 'paused') || loop.roundsLeft === 0) return false;
  return loop.rounds.at(-1)?.stages.at(-1)?.verdict !== 'approved';
}

function ghostOf(loop: ShownLoop, open: number): Column {
  const number = loop.round + 1;
  return {
    number,
    word: number === 1 || loop.endsBy === 'rounds' ? 'to come' : 'if needed',
    kind: 'ghost',
    clock: null,
    cells: loop.roles.map((name, position) => ghostCell(number, position, name, position === 0, open)),
  };
}

/** What the rail shows when nobody chose: what runs or waits, else what was done last. */
export function followedCell(columns: readonly Column[]): CellKey | null {
  const cells = columns.flatMap((column) => column.cells);
  const active = cells.findLast(({ stage }) => stage?.status === 'running');
  return (active ?? cells.findLast(({ hasBegun }) => hasBegun) ?? cells[0])?.key ?? null;
}

export const findCell = (columns: readonly Column[], key: CellKey | null): Cell | undefined =>
  columns.flatMap(({ cells }) => cells).find((cell) => cell.key === key);

/** Where an arrow leads from a cell; the cell itself at an edge. Home and End go to the first and last round. */
export function neighbour(columns: readonly Column[], from: CellKey, key: string): CellKey {
  const column = columns.findIndex(({ cells }) => cells.some((cell) => cell.key === from));
  const row = columns[column]?.cells.findIndex((cell) => cell.key === from) ?? -1;
  const [dx, dy] = steps[key] ?? [0, 0];
  const to = key === 'Home' ? 0 : key === 'End' ? columns.length - 1 : column + dx;
  return columns[to]?.cells[row + dy]?.key ?? from;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
