import { loop } from '../../domain/loop/loop.ts';
import { cutTo } from '../cutTo.ts';

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

export const toLoopLine = cutTo(loopLine);
