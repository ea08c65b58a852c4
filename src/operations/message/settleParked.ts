import { isLive, type Agent } from '../../domain/agent/agent.ts';
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
  if (agent === undefined) return;
  if (isLive(agent.status)) return nudge(context, agent);
  if (parkedQuestions(context, agent.id).length > 0) return;
  if (isParked(context, agent) && hasUntoldAnswer(context, agent.id))
    restartAgent(context, agent, { prompt: goOn, window: windowOf(context.caller), attempt: agent.attempt });
  else letGo(context, agent);
}

/** In a terminal it has the answer with its next turn, and only a person can begin that. */
function nudge(context: OperationContext, agent: Agent): void {
  const isAtPrompt = agent.form === 'interactive' && agent.status === 'waiting_for_input';
  if (!isAtPrompt || agent.reported !== null || !hasUntoldAnswer(context, agent.id)) return;
  const attention = 'Its question is answered. Say anything in its terminal, and it goes on with the answer.';
  context.tables.agent.update({ ...agent, attention, updatedAt: context.now });
}
