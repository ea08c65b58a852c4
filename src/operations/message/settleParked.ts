import { isLive } from '../../domain/agent/agent.ts';
import { windowOf } from '../../domain/caller.ts';
import type { AgentId } from '../../domain/ids.ts';
import { letGo } from '../agent/letGo.ts';
import { restartAgent } from '../agent/restartAgent.ts';
import type { OperationContext } from '../operation.ts';
import { hasUntoldAnswer, isParked, parkedQuestions } from './parkedQuestions.ts';

const goOn =
  'You parked with a question, and go on in the same session now. The answer is below; finish your task and report as before.';

/**
 * An agent that parked goes on when none of its questions waits any more and one was answered; where all of them
 * were withdrawn it gives back what it held. Called wherever one of the two may have come true.
 */
export function settleParked(context: OperationContext, asker: AgentId | null): void {
  const agent = asker === null ? undefined : context.tables.agent.find(asker);
  if (agent === undefined || isLive(agent.status)) return;
  if (parkedQuestions(context, agent.id).length > 0) return;
  if (isParked(context, agent) && hasUntoldAnswer(context, agent.id))
    restartAgent(context, agent, { prompt: goOn, window: windowOf(context.caller), attempt: agent.attempt });
  else letGo(context, agent);
}
