import type { Artifact } from '../../domain/artifact/artifact.ts';
import { findingKey } from '../../domain/loop/findings.ts';
import type { Iteration, Loop, Stage } from '../../domain/loop/loop.ts';
import { isLastRole } from '../../domain/loop/roundEnd.ts';
import type { OperationContext } from '../operation.ts';
import { attemptsOf, roundsOf, stagesOf } from './loopFacts.ts';
import type { RaisedFinding, StagePromptFacts } from './stagePrompt.ts';

/** Gathers what a stage's agent should know from the loop's rows. */
export function stagePromptFacts(
  context: OperationContext,
  loop: Loop,
  round: Iteration,
  stage: Stage,
): StagePromptFacts {
  const { frozen } = loop;
  const { termination } = frozen;
  const decides =
    termination.type === 'rounds' || !isLastRole(frozen, stage)
      ? null
      : termination.type === 'goal'
        ? 'goal'
        : 'approval';
  const before = roundsOf(context, loop.id)
    .filter(({ number }) => number < round.number)
    .map((earlier) => ({ number: earlier.number, stages: stagesOf(context, earlier) }));
  return {
    definition: { name: frozen.name, description: frozen.description },
    goal: loop.goal,
    criteria: termination.type === 'goal' ? termination.criteria : null,
    round: round.number,
    maxRounds: loop.maxIterations,
    stage: {
      name: stage.name,
      prompt: frozen.roles[stage.position]?.prompt ?? stage.name,
      notes: stage.notes,
    },
    decides,
    earlier: stagesOf(context, round)
      .filter(({ position }) => position < stage.position)
      .map(({ name, summary, artifactId }) => {
        const artifact = output(context, artifactId);
        return { name, summary, artifact: artifact ?? null };
      }),
    own: ownWork(context, before, stage),
    review: lastReview(before),
    failedAttempts: attemptsOf(context, stage.id)
      .filter(({ outcome }) => outcome !== null && outcome !== 'finished')
      .map(({ number, reason }) => ({ number, reason })),
  };
}

interface EarlierRound {
  readonly number: number;
  readonly stages: readonly Stage[];
}

const output = ({ tables }: OperationContext, id: Stage['artifactId']): Artifact | undefined =>
  id === null ? undefined : tables.artifact.find(id);

function ownWork(
  context: OperationContext,
  before: readonly EarlierRound[],
  stage: Stage,
): StagePromptFacts['own'] {
  for (const { number, stages } of before.toReversed()) {
    const artifact = output(context, stages[stage.position]?.artifactId ?? null);
    if (artifact !== undefined) return { round: number, artifact: artifact.id, version: artifact.version };
  }
  return null;
}

/** The newest review there was; a round that was cut short has none, so it may be an older one. */
function lastReview(before: readonly EarlierRound[]): StagePromptFacts['review'] {
  const reviews = before.flatMap(({ number, stages }) => {
    const last = stages.at(-1);
    return last?.verdict == null ? [] : [{ round: number, ...last }];
  });
  const newest = reviews.at(-1);
  if (newest === undefined) return null;
  const raised = reviews.map(({ findings }) => new Set(findings.map(findingKey)));
  const runOf = (key: string): number => {
    const gap = raised.findLastIndex((keys) => !keys.has(key));
    return raised.length - 1 - gap;
  };
  const now = raised.at(-1) ?? new Set();
  return {
    round: newest.round,
    verdict: newest.verdict,
    summary: newest.summary,
    findings: newest.findings.map((one): RaisedFinding => ({ ...one, rounds: runOf(findingKey(one)) })),
    settled: (reviews.at(-2)?.findings ?? [])
      .filter((one) => !now.has(findingKey(one)))
      .map(({ title }) => title),
  };
}
