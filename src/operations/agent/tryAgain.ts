import { mostAttempts, type Agent } from '../../domain/agent/agent.ts';
import type { OperationContext } from '../operation.ts';
import { restartAgent } from './restartAgent.ts';

/**
 * Starts an agent again that ended without handing its work in, and tells it why: three starts in a row in all, then
 * it is a person's turn. Not for stages, whose loop tries again with another agent; nor where somebody ended the
 * agent, it could not be started at all, or a person sits in front of it.
 * @returns the agent as it starts again, or null.
 */
export function tryAgain(context: OperationContext, agent: Agent): Agent | null {
  if (!mayTryAgain(context, agent)) return null;
  return restartAgent(context, agent, {
    prompt: againPrompt(agent),
    window: null,
    // An editor that was closed took the agent along: that is no failure of the agent's.
    attempt: agent.exitSignal === 'SIGHUP' ? agent.attempt : agent.attempt + 1,
  });
}

function mayTryAgain({ tables }: OperationContext, agent: Agent): boolean {
  if (agent.form !== 'streamed' || agent.stageId !== null || agent.reported !== null) return false;
  if (agent.startRefused || agent.stopRequestedBy !== null || agent.attempt >= mostAttempts) return false;
  // Blocked, cancelled or given to somebody else meanwhile: then there is nothing to try again.
  const todo = agent.todoId === null ? undefined : tables.todo.find(agent.todoId);
  if (todo !== undefined && todo.status !== 'pending') return false;
  // One that parked with a question goes on when it is answered.
  if (tables.message.count({ senderAgentId: agent.id, status: 'pending', parked: true }) > 0) return false;
  return agent.status === 'crashed' || (agent.status === 'idle' && agent.origin === 'dispatch');
}

const againPrompt = ({ status, attention, attempt }: Agent): string =>
  `You ${status === 'crashed' ? 'were ended' : 'ended your turn without a report'} and are started again ` +
  `(attempt ${attempt + 1} of ${mostAttempts})${attention === null ? '' : `: ${attention}`}\n` +
  'Look with `context` and at the files where the work stands, finish it, and report as you were told.';
