import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { loopId, sessionId } from '../../domain/ids.ts';
import { loopStatuses } from '../../domain/loop/loop.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation } from '../operation.ts';
import { advanceLoop } from './advanceLoop.ts';
import { moveLoop } from './moveLoop.ts';

/** The engine calls this whenever something of a loop changed. It may be called any number of times. */
export const advance = defineOperation({
  id: 'loop.advance',
  title: 'Advance a loop',
  summary: 'Takes every step that the loop’s rows call for; does nothing where it waits.',
  effect: 'write',
  permission: 'system',
  surfaces: [],
  input: z.object({ loop: loopId }),
  output: z.object({ status: z.enum(loopStatuses) }),
  run: (context, input) => ok({ status: advanceLoop(context, input.loop).status }),
});

/** A step that is refused (a role's file is gone, a provider was removed) must not leave the loop waiting in silence. */
export const blockLoop = defineOperation({
  id: 'loop.block',
  title: 'Block a loop',
  summary: 'Blocks a running loop for a reason that a person has to remove before they resume it.',
  effect: 'write',
  permission: 'system',
  surfaces: [],
  input: z.object({ loop: loopId, reason: z.string().min(1) }),
  output: z.object({ status: z.enum(loopStatuses) }),
  run(context, input) {
    const loop = mustFind(context.tables.loop, 'loop', input.loop);
    return ok({ status: moveLoop(context, loop, 'blocked', { blockReason: input.reason }).status });
  },
});

/** Which loops may have a step to take: all that are not at their end, and those that still wind up. */
export const dueLoops = defineOperation({
  id: 'loop.due',
  title: 'List due loops',
  summary: 'Loops that may have a step to take, of the given sessions or of all.',
  effect: 'read',
  permission: 'system',
  surfaces: [],
  input: z.object({ sessions: z.array(sessionId).max(1000).optional() }),
  output: z.object({ loops: z.array(loopId) }),
  run({ tables }, input) {
    const active = tables.loop.all({ status: ['running', 'blocked', 'paused'], sessionId: input.sessions });
    const open = tables.attempt.all({ endedAt: null, sessionId: input.sessions });
    const windingUp = tables.iteration.all({ status: 'running', sessionId: input.sessions });
    const ids = [
      ...active.map(({ id }) => id),
      ...open.map((attempt) => attempt.loopId),
      ...windingUp.map((round) => round.loopId),
    ];
    return ok({ loops: [...new Set(ids)] });
  },
});
