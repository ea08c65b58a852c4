import type { Iteration, Loop } from '../../domain/loop/loop.ts';
import type { LoopStep } from '../../domain/loop/step.ts';
import { insertFresh } from '../insertFresh.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import { insertSprint } from '../sprint/insertSprint.ts';
import { clipTitle } from './clip.ts';
import { finishSprint, startSprint } from './loopSprint.ts';
import { moveIteration, moveLoop, moveStage } from './moveLoop.ts';

/** Makes a round with its sprint and all its stages; the first of them starts in the next step. */
export function startRound(context: OperationContext, loop: Loop, number: number): void {
  const { tables } = context;
  const { termination, roles } = loop.frozen;
  const sprint = insertSprint(context, {
    projectId: loop.projectId,
    title: clipTitle(`${loop.definition}, round ${number}: ${loop.goal}`),
    goal: loop.goal,
    acceptanceCriteria: termination.type === 'goal' ? [termination.criteria] : [],
    origin: 'loop',
  });
  startSprint(context, sprint.id);
  const place = { loopId: loop.id, projectId: loop.projectId, sessionId: loop.sessionId };
  const round = insertFresh(context, tables.iteration, 'iteration', {
    ...place,
    number,
    sprintId: sprint.id,
    status: 'pending',
    outcome: null,
    startedAt: null,
    completedAt: null,
  });
  roles.forEach(({ name, role }, position) =>
    insertFresh(context, tables.stage, 'stage', {
      ...place,
      iterationId: round.id,
      position,
      name,
      role,
      status: 'pending',
      artifactId: null,
      summary: null,
      verdict: null,
      findings: [],
      notes: null,
      startedAt: null,
      completedAt: null,
    }),
  );
  moveIteration(context, round, 'running');
  tables.loop.update({ ...loop, round: number, updatedAt: context.now });
}

/** Ends a round with its sprint, and the loop where the round decided it. */
export function endRound(
  context: OperationContext,
  loop: Loop,
  step: Extract<LoopStep, { do: 'endRound' }>,
): void {
  const round = mustFind(context.tables.iteration, 'iteration', step.round);
  // A limit may cut a round between two tries of a stage: nothing may seem to run that does not.
  for (const stage of context.tables.stage.all({ iterationId: round.id, status: 'running' }))
    moveStage(context, stage, 'failed', { summary: stage.summary ?? step.outcome });
  const ended: Iteration = moveIteration(context, round, step.status, step.outcome);
  finishSprint(context, ended);
  switch (step.then.do) {
    case 'complete':
      moveLoop(context, loop, 'completed', { outcome: step.then.outcome });
      return;
    case 'fail':
      moveLoop(context, loop, 'failed', { failure: step.then.failure });
      return;
    case 'block':
      moveLoop(context, loop, 'blocked', { blockReason: step.then.reason });
      return;
    case 'nextRound':
    case 'nothing':
      return;
  }
}
