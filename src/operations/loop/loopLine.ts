import { loop, type Loop } from '../../domain/loop/loop.ts';

/** A loop as lists show it. */
export const loopLine = loop.pick({
  id: true,
  definition: true,
  goal: true,
  status: true,
  round: true,
  maxIterations: true,
  outcome: true,
  blockReason: true,
  failure: true,
  projectId: true,
  sessionId: true,
  startedAt: true,
});

export const toLoopLine = ({
  id,
  definition,
  goal,
  status,
  round,
  maxIterations,
  outcome,
  blockReason,
  failure,
  projectId,
  sessionId,
  startedAt,
}: Loop) => ({
  id,
  definition,
  goal,
  status,
  round,
  maxIterations,
  outcome,
  blockReason,
  failure,
  projectId,
  sessionId,
  startedAt,
});
