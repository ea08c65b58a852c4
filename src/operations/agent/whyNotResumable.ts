import type { Refusal } from '../../base/result.ts';
import type { Agent } from '../../domain/agent/agent.ts';
import { scriptProvider } from './chooseProvider.ts';

/** Why this agent's session could not be continued once it has ended; null: it could. */
export function whyNotResumable(agent: Agent): Refusal | null {
  if (agent.stageId !== null)
    return {
      code: 'conflict',
      message: `Agent ${agent.name} plays a stage of loop ${agent.loopId ?? ''}, which starts its attempts by itself.`,
      next: `Resume the loop: sloop loop resume ${agent.loopId ?? ''}.`,
    };
  if (agent.providerSessionId === null && agent.provider !== scriptProvider)
    return {
      code: 'conflict',
      message: `${agent.provider} never told a session of ${agent.name}, so there is nothing to continue.`,
      next: 'Start another agent: sloop agent start.',
    };
  return null;
}
