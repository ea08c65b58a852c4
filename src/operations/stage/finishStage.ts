import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { planStep } from '../../domain/artifact/planStep.ts';
import { artifactId, stageId } from '../../domain/ids.ts';
import { finding, verdicts, type Attempt, type Loop, type Stage } from '../../domain/loop/loop.ts';
import { isLastRole } from '../../domain/loop/roundEnd.ts';
import { recordReport } from '../agent/recordReport.ts';
import { mustFind } from '../lookup.ts';
import { attemptsOf } from '../loop/loopFacts.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { recordStageResult } from './recordStageResult.ts';

const input = z.object({
  summary: z
    .string()
    .trim()
    .min(1, 'must say what was done')
    .max(20_000)
    .describe('What was done and decided; the next stages read it'),
  verdict: z.enum(verdicts).optional().describe('Required of the stage that decides the round'),
  findings: z.array(finding).max(100).default([]).describe('What has to change, one by one'),
  output: z.string().max(500_000).optional().describe('The result itself in Markdown, kept as an artifact'),
  steps: z.array(planStep).max(100).optional().describe('The steps of a plan as data; they become todos'),
});
type Input = z.output<typeof input>;

export const finishStage = defineOperation({
  id: 'stage.finish',
  title: 'Finish your stage',
  summary:
    'Hands in the result of your turn in a loop; the stage that decides gives its verdict. End your process after it.',
  effect: 'write',
  permission: 'report',
  surfaces: everySurface,
  input,
  output: z.object({
    stage: stageId,
    artifact: artifactId.nullable().describe('Where your output is kept'),
    next: z.string().describe('What to do now'),
  }),
  run(context, input) {
    const { stage, agent } = ownStage(context);
    const loop = mustFind(context.tables.loop, 'loop', stage.loopId);
    const attempt = ownAttempt(context, stage, agent.id);
    checkVerdict(loop, stage, input);
    const recorded = recordStageResult(context, {
      ...input,
      stage,
      author: agent.name,
      verdict: input.verdict ?? null,
      since: attempt.startedAt,
    });
    context.tables.attempt.update({
      ...attempt,
      outcome: 'finished',
      reason: null,
      verdict: input.verdict ?? null,
      endedAt: null,
    });
    recordReport(context, agent, 'done', input.summary);
    return ok({
      stage: stage.id,
      artifact: recorded.artifactId,
      next: 'Your stage is handed in. End your turn now; the loop goes on when your process has ended.',
    });
  },
});

function ownStage({ caller, tables }: OperationContext) {
  if (caller.kind !== 'agent' || caller.stageId === null)
    return refuseNow(
      'forbidden',
      'Only the agent of a loop’s stage can finish it.',
      caller.kind === 'agent'
        ? 'You work outside of a loop: say how it went with report.'
        : 'To take a loop’s work as it is: sloop loop approve.',
    );
  return {
    stage: mustFind(tables.stage, 'stage', caller.stageId),
    agent: mustFind(tables.agent, 'agent', caller.agentId),
  };
}

/** The agent's own try, which must be the stage's newest: another agent's turn is not its to end. */
function ownAttempt(context: OperationContext, stage: Stage, agent: Attempt['agentId']): Attempt {
  const attempt = attemptsOf(context, stage.id).at(-1);
  if (stage.status === 'running' && attempt?.agentId === agent) return attempt;
  return refuseNow(
    'conflict',
    stage.status === 'running'
      ? `Stage ${stage.name} was given to another agent after you.`
      : `Stage ${stage.name} is ${stage.status} already.`,
    'Your turn is over: end your process, and change nothing more.',
  );
}

function checkVerdict(loop: Loop, stage: Stage, { verdict, findings }: Input): void {
  const decides = loop.frozen.termination.type !== 'rounds' && isLastRole(loop.frozen, stage);
  if (decides && verdict === undefined)
    refuseNow(
      'invalid',
      `Stage ${stage.name} decides the round and needs a verdict.`,
      'Call again with verdict approved, or changes_requested and findings.',
    );
  const blockers = findings.filter(({ severity }) => severity === 'blocker');
  if (verdict === 'approved' && blockers.length > 0)
    refuseNow(
      'invalid',
      `Approved, yet ${blockers.length} findings are blockers.`,
      'Say changes_requested, or lower their severity.',
    );
}
