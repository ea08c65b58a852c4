import { z } from 'zod';
import { ok, Refused, refuseNow } from '../../base/result.ts';
import { isLive, type Agent } from '../../domain/agent/agent.ts';
import { windowOf } from '../../domain/caller.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { agentByRef, agentRef } from './agentByRef.ts';
import { agentLine, toAgentLine } from './agentLine.ts';
import { restartAgent } from './restartAgent.ts';
import { whyNotResumable } from './whyNotResumable.ts';

const goOn =
  'You were stopped and go on now. Look with `context` where the work stands, then finish your task and report as before.';

export const resumeAgent = defineOperation({
  id: 'agent.resume',
  title: 'Resume an agent',
  summary:
    'Continues the very session of an agent that ended. Refused while it lives, and for agents of a loop, which tries again by itself.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['agent', 'prompt'],
  input: z.object({
    agent: agentRef,
    prompt: z.string().trim().min(1).max(100_000).optional().describe('What to tell it as it goes on'),
  }),
  output: agentLine,
  run(context, input) {
    const agent = resumable(context, input.agent);
    const resumed = restartAgent(context, agent, {
      prompt: input.prompt ?? goOn,
      window: windowOf(context.caller),
      attempt: 1,
    });
    return ok(toAgentLine(resumed));
  },
});

function resumable(context: OperationContext, ref: string): Agent {
  const agent = agentByRef(context, ref);
  if (isLive(agent.status))
    refuseNow(
      'conflict',
      `Agent ${agent.name} is ${agent.status}: it goes on already.`,
      `Look at it: sloop agent show ${agent.name}.`,
    );
  const obstacle = whyNotResumable(agent);
  if (obstacle !== null) throw new Refused(obstacle);
  return agent;
}
