import type { ShownLoop } from '../../../src/protocol/loop.ts';
import type { FindingsHistory } from './findings.ts';
import { versionAt, type StoryFacts } from './gateEvents.ts';
import { capital, counted, firstLine } from '../../shared/words.ts';

/** A large number with its word. */
export interface Figure {
  readonly value: string;
  readonly word: string;
  readonly isGood: boolean;
}

export interface Output {
  readonly artifact: string;
  readonly version: number | null;
  readonly name: string;
  readonly agent: string;
}

/** What came out of a finished loop. */
export interface LoopResult {
  readonly figures: readonly Figure[];
  /** Why it ended as it did, in a sentence or two. */
  readonly why: string;
  readonly found: string;
  readonly fixed: string;
  readonly outputs: readonly Output[];
}

export function resultOf(loop: ShownLoop, history: FindingsHistory, facts: StoryFacts): LoopResult {
  const all = history.rows.length;
  const back = history.rows.filter(({ returns }) => returns > 0).length;
  return {
    figures: [
      { value: String(loop.round), word: loop.round === 1 ? 'round' : 'rounds', isGood: false },
      ...(all === 0 ? [] : [fixedFigure(history)]),
      ...(history.open > 0 ? [{ value: String(history.open), word: 'left open', isGood: false }] : []),
    ],
    why: whyText(loop, history),
    found: all === 0 ? 'none' : `${all} in ${counted(loop.round, 'round')}`,
    fixed:
      all === 0 ? '' : back === 0 ? String(history.fixed) : `${history.fixed}; ${back} came back on the way`,
    outputs: outputsOf(loop, facts),
  };
}

const fixedFigure = ({ fixed, open, rows }: FindingsHistory): Figure => ({
  value: `${fixed} / ${rows.length}`,
  word: rows.length === 1 ? 'finding fixed' : 'findings fixed',
  isGood: open === 0,
});

function whyText(loop: ShownLoop, history: FindingsHistory): string {
  const review = loop.rounds.at(-1)?.stages.at(-1);
  const agent = review?.attempts.at(-1)?.agent ?? 'the reviewer';
  const open = history.open === 0 ? 'with no finding open' : `with ${counted(history.open, 'finding')} open`;
  const said = review?.summary?.trim() ?? '';
  switch (loop.status) {
    case 'failed':
      return firstLine(loop.failure) || 'A stage failed.';
    case 'cancelled':
      return `It was stopped in round ${loop.round}, ${open}.`;
    case 'completed':
      switch (loop.outcome) {
        case 'approved':
          return `${agent} approved round ${loop.round}, ${open}. ${said}`.trim();
        case 'goal_reached':
          return `${agent} found the goal reached in round ${loop.round}. ${said}`.trim();
        case 'approved_by_person':
          return `You approved it after round ${loop.round}, ${open}.`;
        case 'rounds_done':
          return `It went through ${counted(loop.round, 'round')}, as many as it was given.`;
        case 'limit_reached':
        case null:
          return `It stopped at a limit in round ${loop.round}, ${open}.`;
      }
      return '';
    case 'running':
    case 'paused':
    case 'blocked':
      return '';
  }
}

/** The newest output of each stage, in the stages' order. */
function outputsOf(loop: ShownLoop, facts: StoryFacts): readonly Output[] {
  return loop.roles.flatMap((name, position) => {
    const stage = loop.rounds
      .map(({ stages }) => stages[position])
      .findLast((one) => one?.artifactId != null);
    if (stage?.artifactId == null) return [];
    const version = versionAt(facts, stage.artifactId, null);
    return [
      { artifact: stage.artifactId, version, name: capital(name), agent: stage.attempts.at(-1)?.agent ?? '' },
    ];
  });
}
