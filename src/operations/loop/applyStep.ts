import type { AttemptId, StageId } from '../../domain/ids.ts';
import type { Loop } from '../../domain/loop/loop.ts';
import type { LoopStep } from '../../domain/loop/step.ts';
import { moveArtifact } from '../artifact/moveArtifact.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import { recordStageResult } from '../stage/recordStageResult.ts';
import { gateNotes } from './gate.ts';
import { moveLoop, moveStage } from './moveLoop.ts';
import { endRound, startRound } from './rounds.ts';
import { startAttempt } from './startAttempt.ts';

type Step = Exclude<LoopStep, { do: 'wait' }>;

/** Writes one decided step into the rows. It decides nothing itself. */
export function applyStep(context: OperationContext, loop: Loop, step: Step): void {
  const stage = (id: StageId) => mustFind(context.tables.stage, 'stage', id);
  switch (step.do) {
    case 'startRound':
      return startRound(context, loop, step.number);
    case 'startAttempt':
      return startAttempt(context, loop, stage(step.stage), step.number);
    case 'endAttempt':
      return endAttempt(context, loop, step);
    case 'askPerson': {
      const output = mustFind(context.tables.artifact, 'artifact', step.artifact);
      if (output.stage === 'draft') moveArtifact(context, output, 'review');
      moveLoop(context, loop, 'blocked', { blockReason: step.reason });
      return;
    }
    case 'unblock':
      moveLoop(context, loop, 'running');
      return;
    case 'rework': {
      const reworked = { ...stage(step.stage), notes: gateNotes(context, stage(step.stage)) };
      context.tables.stage.update(reworked);
      return startAttempt(context, moveLoop(context, loop, 'running'), reworked, step.number);
    }
    case 'completeStage':
      moveStage(context, stage(step.stage), 'completed');
      return;
    case 'failStage':
      moveStage(context, stage(step.stage), 'failed', {
        summary: stage(step.stage).summary ?? step.reason,
      });
      return;
    case 'endRound':
      return endRound(context, loop, step);
    case 'complete':
      moveLoop(context, loop, 'completed', { outcome: step.outcome });
      return;
  }
}

function endAttempt(context: OperationContext, loop: Loop, step: Extract<Step, { do: 'endAttempt' }>): void {
  const { tables, now } = context;
  const attempt = mustFind(tables.attempt, 'attempt', step.attempt satisfies AttemptId);
  const agent = attempt.agentId === null ? undefined : tables.agent.find(attempt.agentId);
  const reportedByStage = attempt.outcome === 'finished';
  tables.attempt.update({
    ...attempt,
    outcome: step.outcome,
    reason: step.reason,
    verdict: attempt.verdict ?? step.verdict,
    exitCode: agent?.exitCode ?? null,
    endedAt: agent?.endedAt ?? now,
  });
  if (step.outcome === 'finished' && !reportedByStage)
    recordStageResult(context, {
      stage: mustFind(tables.stage, 'stage', step.stage),
      author: agent?.name ?? 'unknown',
      summary: agent?.result ?? '',
      verdict: step.verdict,
      findings: [],
      since: attempt.startedAt,
    });
  if (step.block !== null) moveLoop(context, loop, 'blocked', { blockReason: step.block });
}
