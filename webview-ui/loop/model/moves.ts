import type { ShownLoop } from '../../../src/protocol/loop.ts';
import { spentText } from './limits.ts';
import { gateOf, type Gate, type Snapshot } from './snapshot.ts';

export type MoveName = 'pause' | 'resume' | 'stop' | 'approve' | 'oneMoreRound';

/** Whether the person may do it now; `why` says what stands in the way. */
export type Move = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

export type Moves = Readonly<Record<MoveName, Move>>;

const yes: Move = { allowed: true };
const no = (why: string): Move => ({ allowed: false, why });

/**
 * What the loop allows. The operations decide; this mirrors them so that no button promises what will be refused
 * (a test holds the two together).
 */
export function movesOf(snapshot: Snapshot, now: number): Moves {
  const { loop, readAt } = snapshot;
  const gate = gateOf(snapshot);
  const isOpen = loop.status === 'running' || loop.status === 'paused' || loop.status === 'blocked';
  return {
    pause: loop.status === 'running' ? yes : no('Only a running loop can be paused.'),
    resume: resume(loop, gate, spentText(loop, readAt, now)),
    stop: isOpen ? yes : no('The loop has ended.'),
    approve: approve(loop, gate),
    oneMoreRound: oneMoreRound(loop, gate, spentText(loop, readAt, now)),
  };
}

const isAtLimit = ({ status, outcome }: Pick<ShownLoop, 'status' | 'outcome'>): boolean =>
  status === 'completed' && outcome === 'limit_reached';

const decideFirst = ({ stage }: Gate): Move =>
  no(`Decide about the ${stage.name} first: it waits for your review.`);

function resume(loop: ShownLoop, gate: Gate | null, spent: string | null): Move {
  if (loop.status !== 'paused' && loop.status !== 'blocked')
    return no('Only a paused or blocked loop can go on.');
  if (gate !== null) return decideFirst(gate);
  return spent === null ? yes : no(spentHint(spent));
}

function approve(loop: ShownLoop, gate: Gate | null): Move {
  if (gate !== null) return decideFirst(gate);
  if (loop.status === 'blocked' || isAtLimit(loop)) return yes;
  return no('You can approve it yourself once it is blocked or has stopped at a limit.');
}

function oneMoreRound(loop: ShownLoop, gate: Gate | null, spent: string | null): Move {
  if (gate !== null) return decideFirst(gate);
  if (loop.status === 'running')
    return no('Pause the loop first: then its limit can be lifted by one round.');
  if (loop.status !== 'paused' && loop.status !== 'blocked' && !isAtLimit(loop))
    return no('The loop has ended.');
  if (loop.maxIterations >= 1000) return no('1000 rounds are the most that a loop can have.');
  return spent === null ? yes : no(spentHint(spent));
}

const spentHint = (spent: string): string =>
  `${spent} Resume the loop with a new limit: “Sloop: Resume a loop” in the command palette.`;

/** The limit of rounds that "one more round" asks for. A round under way is finished first, then one more may follow. */
export const liftedLimit = ({ maxIterations, status, round, rounds }: ShownLoop): number => {
  const ended = status === 'completed' || rounds.at(-1)?.status !== 'running';
  return ended ? Math.max(maxIterations, round + 1) : maxIterations + 1;
};
