import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { defineOperation } from '../operation.ts';
import { agentRef, findAgent } from './agentByRef.ts';
import { loggedAgent } from './agentQueries.ts';

export const deleteLog = defineOperation({
  id: 'agent.deleteLog',
  title: "Delete an agent's output",
  summary:
    'Deletes what an agent said and did, also of one that is gone; a note says that it went. dryRun only counts.',
  effect: 'destroy',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['agent'],
  input: z.object({
    agent: agentRef,
    dryRun: z.boolean().default(false).describe('Only say what would be deleted'),
  }),
  output: z.object({
    dryRun: z.boolean(),
    agent: z.string().describe('Name of the agent'),
    pieces: z.number().int().describe('Pieces of output'),
    sessions: z.number().int().describe('Starts of it that they are from'),
  }),
  run(context, input) {
    const { logs, caller, now } = context;
    const agentId = loggedAgent(context, input.agent);
    const newest = logs.list({ agentId }, { limit: 1, newestFirst: true });
    const [last] = newest.items;
    const [first] = logs.list({ agentId }, { limit: 1, newestFirst: false }).items;
    const pieces = newest.items.length + newest.more;
    const sessions =
      first === undefined || last === undefined ? 0 : last.sessionNumber - first.sessionNumber + 1;
    const agentName = findAgent(context, input.agent)?.name ?? last?.agentName ?? input.agent;
    if (!input.dryRun && last !== undefined) {
      logs.remove(agentId);
      const content = `${pieces} pieces of output were deleted by ${caller.name}.`;
      logs.append([
        { agentId, agentName, sessionNumber: last.sessionNumber, kind: 'note', content, time: now },
      ]);
    }
    return ok({ dryRun: input.dryRun, agent: agentName, pieces, sessions });
  },
});
