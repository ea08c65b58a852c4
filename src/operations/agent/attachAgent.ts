import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { isLive } from '../../domain/agent/agent.ts';
import { agentId } from '../../domain/ids.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation } from '../operation.ts';
import { runnerProcess } from './claimLaunch.ts';
import { moveAgent } from './moveAgent.ts';

export const attachAgent = defineOperation({
  id: 'agent.attach',
  title: 'Attach a running agent',
  summary:
    'Tells a host that came (back) up that an agent’s process lives. Refused where a later session took its place.',
  effect: 'write',
  permission: 'system',
  surfaces: [],
  input: z.object({ agent: agentId, sessionNumber: z.number().int().positive(), ...runnerProcess }),
  output: z.object({
    observed: z.number().int().describe('Number of the last observation taken in'),
    stop: z.boolean().describe('Whether its end is asked for'),
  }),
  run(context, { agent: id, sessionNumber, ...process }) {
    const agent = mustFind(context.tables.agent, 'agent', id);
    if (agent.sessionNumber !== sessionNumber)
      refuseNow(
        'conflict',
        `Agent ${agent.name} was started again since.`,
        'End this process: it was replaced.',
      );
    if (agent.status === 'stopped')
      refuseNow('conflict', `Agent ${agent.name} was stopped.`, 'End this process.');
    // Its stage was given to another attempt: two at once must never be.
    if (!isLive(agent.status) && agent.stageId !== null)
      refuseNow('conflict', `Agent ${agent.name} was taken for dead and replaced.`, 'End this process.');
    const alive = { ...process, lastSeenAt: context.now };
    // It was taken for dead, wrongly: its process says otherwise.
    if (!isLive(agent.status)) moveAgent(context, agent, 'running', { ...alive, attention: null });
    else context.tables.agent.update({ ...agent, ...alive, updatedAt: context.now });
    return ok({ observed: agent.observed, stop: agent.stopRequestedBy !== null });
  },
});
