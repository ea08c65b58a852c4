import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { isLive } from '../../domain/agent/agent.ts';
import { windowOf } from '../../domain/caller.ts';
import { instant } from '../../domain/instant.ts';
import { loopId } from '../../domain/ids.ts';
import { loop as loopSchema, type Loop } from '../../domain/loop/loop.ts';
import { spentLimit } from '../../domain/loop/limits.ts';
import { requestStop } from '../agent/requestStop.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { advanceLoop } from './advanceLoop.ts';
import { loopCost, loopFacts, roundsOf } from './loopFacts.ts';
import { loopLine, toLoopLine } from './loopLine.ts';
import { approveSprint } from './loopSprint.ts';
import { moveLoop } from './moveLoop.ts';

const one = z.object({ loop: loopId });

export const pauseLoop = defineOperation({
  id: 'loop.pause',
  title: 'Pause a loop',
  summary: 'Starts no further stage until the loop is resumed; the agent at work finishes its turn.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['loop'],
  input: one,
  output: loopLine,
  run(context, input) {
    const loop = mustFind(context.tables.loop, 'loop', input.loop);
    return ok(toLoopLine(moveLoop(context, loop, 'paused')));
  },
});

export const resumeLoop = defineOperation({
  id: 'loop.resume',
  title: 'Resume a loop',
  summary:
    'Lets a paused or blocked loop go on, and gives one that ended at a limit another round; limits can be raised.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['loop'],
  input: one.extend({
    maxIterations: loopSchema.shape.maxIterations.max(1000).optional().describe('New limit of rounds'),
    deadline: instant.nullable().optional().describe('New deadline; null for none'),
    budgetUsd: z.number().positive().nullable().optional().describe('New budget in all; null for none'),
  }),
  output: loopLine,
  run(context, input) {
    const loop = mustFind(context.tables.loop, 'loop', input.loop);
    refuseWaitingGate(context, loop);
    const atLimit = loop.status === 'completed' && loop.outcome === 'limit_reached';
    if (loop.status === 'completed' && !atLimit)
      refuseNow(
        'conflict',
        `Loop ${loop.id} is completed (${loop.outcome ?? 'done'}); only one that ended at a limit can go on.`,
        'Start another loop: sloop loop start.',
      );
    const rounds = roundsOf(context, loop.id);
    const roundEnded = rounds.at(-1)?.status !== 'running';
    const limits = {
      // A loop whose rounds are used up gets one more unless the person says how many.
      maxIterations: input.maxIterations ?? Math.max(loop.maxIterations, loop.round + (roundEnded ? 1 : 0)),
      deadline: input.deadline === undefined ? loop.deadline : input.deadline,
      budgetUsd: input.budgetUsd === undefined ? loop.budgetUsd : input.budgetUsd,
    };
    refuseSpent(context, loop, limits, roundEnded);
    moveLoop(context, loop, 'running', { ...limits, window: windowOf(context.caller) ?? loop.window });
    return ok(toLoopLine(advanceLoop(context, loop.id)));
  },
});

/** Going on would end at the same limit at once, so it is refused with what to raise. */
function refuseSpent(
  context: OperationContext,
  loop: Loop,
  limits: Pick<Loop, 'maxIterations' | 'deadline' | 'budgetUsd'>,
  roundEnded: boolean,
): void {
  const spent = spentLimit(limits, loopCost(context, loop.id), context.now);
  if (spent !== null)
    refuseNow('limit', `Loop ${loop.id} cannot go on: ${spent}.`, 'Give a new deadline or budgetUsd.');
  if (limits.maxIterations < loop.round + (roundEnded ? 1 : 0))
    refuseNow(
      'limit',
      `Loop ${loop.id} has had ${loop.round} rounds.`,
      `Give maxIterations of at least ${loop.round + 1}.`,
    );
}

/** A loop at a gate waits for a decision about an artifact; neither resuming nor approving takes its place. */
function refuseWaitingGate(context: OperationContext, loop: Loop): void {
  if (loop.status !== 'blocked') return;
  const stage = loopFacts(context, loop)
    .rounds.at(-1)
    ?.stages.find(({ status }) => status === 'running');
  if (stage?.output?.stage !== 'review' || stage.attempts.at(-1)?.outcome !== 'finished') return;
  refuseNow(
    'conflict',
    `Loop ${loop.id} is blocked: ${loop.blockReason ?? stage.name}`,
    `Decide about the artifact: sloop artifact stage ${stage.output.id} with final to go on, or draft with notes to have it reworked.`,
  );
}

export const stopLoop = defineOperation({
  id: 'loop.stop',
  title: 'Stop a loop',
  summary: 'Ends a loop for good and stops its agent; what it made stays.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['loop'],
  input: one,
  output: loopLine,
  run(context, input) {
    const loop = mustFind(context.tables.loop, 'loop', input.loop);
    moveLoop(context, loop, 'cancelled');
    for (const agent of context.tables.agent.all({ loopId: loop.id }))
      if (isLive(agent.status)) requestStop(context, agent);
    return ok(toLoopLine(advanceLoop(context, loop.id)));
  },
});

export const approveLoop = defineOperation({
  id: 'loop.approve',
  title: 'Approve a loop',
  summary:
    'Takes the work of a blocked loop, or of one that ended at a limit, as good enough; the loop is done.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['loop'],
  input: one,
  output: loopLine,
  run(context, input) {
    const loop = mustFind(context.tables.loop, 'loop', input.loop);
    refuseWaitingGate(context, loop);
    if (loop.status === 'completed' && loop.outcome === 'limit_reached')
      context.tables.loop.update({ ...loop, outcome: 'approved_by_person', updatedAt: context.now });
    else if (loop.status === 'blocked')
      moveLoop(context, loop, 'completed', { outcome: 'approved_by_person' });
    else
      refuseNow(
        'conflict',
        `Loop ${loop.id} is ${loop.status}${loop.outcome === null ? '' : ` (${loop.outcome})`}: there is nothing to approve.`,
        'Only a blocked loop, or one that ended at a limit, waits for approval.',
      );
    const ended = advanceLoop(context, loop.id);
    approveSprint(context, roundsOf(context, loop.id).at(-1)?.sprintId ?? null);
    return ok(toLoopLine(ended));
  },
});
