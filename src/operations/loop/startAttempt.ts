import type { Loop, Stage } from '../../domain/loop/loop.ts';
import { isLastRole } from '../../domain/loop/roundEnd.ts';
import { startAgent } from '../agent/startAgent.ts';
import { insertFresh } from '../insertFresh.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import { reviewSprint } from './loopSprint.ts';
import { moveStage } from './moveLoop.ts';
import { stagePrompt } from './stagePrompt.ts';
import { stagePromptFacts } from './stagePromptFacts.ts';

/** Starts one try of a stage: its row, and an agent with the stage's prompt for the engine to launch. */
export function startAttempt(context: OperationContext, loop: Loop, stage: Stage, number: number): void {
  const { tables, now } = context;
  const round = mustFind(tables.iteration, 'iteration', stage.iterationId);
  const running = stage.status === 'pending' ? moveStage(context, stage, 'running') : stage;
  if (stage.position > 0 && isLastRole(loop.frozen, stage)) reviewSprint(context, round.sprintId);
  const agent = startAgent(context, {
    role: stage.role,
    provider: loop.provider ?? undefined,
    model: loop.model ?? undefined,
    form: 'streamed',
    sessionId: loop.sessionId,
    projectId: loop.projectId,
    sprintId: round.sprintId,
    todoId: null,
    loopId: loop.id,
    stageId: stage.id,
    prompt: stagePrompt(stagePromptFacts(context, loop, round, running)),
    script: loop.script ?? undefined,
    window: loop.window,
  });
  insertFresh(context, tables.attempt, 'attempt', {
    stageId: stage.id,
    loopId: loop.id,
    projectId: loop.projectId,
    sessionId: loop.sessionId,
    number,
    agentId: agent.id,
    outcome: null,
    reason: null,
    verdict: null,
    exitCode: null,
    startedAt: now,
    endedAt: null,
  });
}
