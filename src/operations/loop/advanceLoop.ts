import type { LoopId } from '../../domain/ids.ts';
import type { Loop } from '../../domain/loop/loop.ts';
import { nextStep } from '../../domain/loop/nextStep.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import { applyStep } from './applyStep.ts';
import { loopFacts } from './loopFacts.ts';

/** More steps than any state needs before it waits; beyond it the decision would be going in circles. */
const mostSteps = 100;

/**
 * Takes every step that a loop's rows call for, in the surrounding transaction, until it waits for something.
 * The end of one stage and the start of the next are one commit, so there is no moment between them to die in.
 */
export function advanceLoop(context: OperationContext, id: LoopId): Loop {
  for (let taken = 0; taken < mostSteps; taken += 1) {
    const loop = mustFind(context.tables.loop, 'loop', id);
    const step = nextStep(loopFacts(context, loop));
    if (step.do === 'wait') return loop;
    applyStep(context, loop, step);
  }
  throw new Error(`Loop ${id} took ${mostSteps} steps without coming to wait.`);
}
