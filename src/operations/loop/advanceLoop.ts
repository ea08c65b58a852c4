import type { LoopId } from '../../domain/ids.ts';
import type { Loop } from '../../domain/loop/loop.ts';
import { nextStep } from '../../domain/loop/nextStep.ts';
import type { Session } from '../../domain/session/session.ts';
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
    if (step.do === 'wait') {
      keepSession(context, loop, step.for === 'nothing' ? 'closed' : 'open');
      return loop;
    }
    applyStep(context, loop, step);
  }
  throw new Error(`Loop ${id} took ${mostSteps} steps without coming to wait.`);
}

/** A loop's session is open as long as anything of it runs or may go on. */
function keepSession({ tables, now }: OperationContext, loop: Loop, status: Session['status']): void {
  const session = mustFind(tables.session, 'session', loop.sessionId);
  if (session.status !== status)
    tables.session.update({ ...session, status, lastActivityAt: now, updatedAt: now });
}
