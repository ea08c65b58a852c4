import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { isLive, type Agent } from '../../domain/agent/agent.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { agentByRef, agentRef } from './agentByRef.ts';
import { agentLine, toAgentLine } from './agentLine.ts';
import { requestStop } from './requestStop.ts';

const many = z.array(agentRef).min(1).max(100).describe('Names or ids of agents');
const lines = z.object({ agents: z.array(agentLine) });

export const stopAgents = defineOperation({
  id: 'agent.stop',
  title: 'Stop agents',
  summary:
    'Asks for the end of agents; their processes are ended at once, and what they had claimed is given back.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['agents'],
  input: z.object({ agents: many }),
  output: lines,
  run(context, input) {
    const agents = input.agents.map((ref) => {
      const agent = agentByRef(context, ref);
      if (!isLive(agent.status))
        refuseNow(
          'conflict',
          `Agent ${agent.name} is ${agent.status}: it has no process to stop.`,
          'List those that have: sloop agent list --live.',
        );
      return toAgentLine(requestStop(context, agent));
    });
    return ok({ agents });
  },
});

export const dismissAgents = defineOperation({
  id: 'agent.dismiss',
  title: 'Dismiss agents',
  summary: 'Takes ended agents off the lists; their rows and output stay.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['agents'],
  input: z.object({ agents: many }),
  output: lines,
  run(context, input) {
    const { tables, now } = context;
    const agents = input.agents.map((ref) => {
      const agent = ended(context, ref, 'dismissed');
      const dismissed: Agent = { ...agent, dismissedAt: agent.dismissedAt ?? now, updatedAt: now };
      tables.agent.update(dismissed);
      return toAgentLine(dismissed);
    });
    return ok({ agents });
  },
});

export const deleteAgents = defineOperation({
  id: 'agent.delete',
  title: 'Delete agents',
  summary:
    'Deletes ended agents with their messages and progress; their output stays unless asked. dryRun only says what would go.',
  effect: 'destroy',
  permission: 'write',
  surfaces: everySurface,
  positional: ['agents'],
  input: z.object({
    agents: many,
    logs: z.boolean().default(false).describe('Their output too'),
    dryRun: z.boolean().default(false).describe('Only say what would be deleted'),
  }),
  output: z.object({
    dryRun: z.boolean(),
    deleted: z.array(z.string()).describe('Names'),
    messages: z.number().int().describe('Messages to and from them that go along'),
    progress: z.number().int().describe('Lines of progress that go along'),
    logs: z.boolean().describe('Whether their output goes along'),
  }),
  run(context, input) {
    const { tables } = context;
    const agents = input.agents.map((ref) => ended(context, ref, 'deleted'));
    const counted = agents.map(({ id }) => ({
      messages: tables.message.count({ senderAgentId: id }) + tables.message.count({ recipientAgentId: id }),
      progress: tables.progress.count({ agentId: id }),
    }));
    if (!input.dryRun)
      for (const { id } of agents) {
        tables.agent.remove(id);
        if (input.logs) context.logs.remove(id);
      }
    return ok({
      dryRun: input.dryRun,
      deleted: agents.map(({ name }) => name),
      messages: counted.reduce((sum, { messages }) => sum + messages, 0),
      progress: counted.reduce((sum, { progress }) => sum + progress, 0),
      logs: input.logs,
    });
  },
});

function ended(context: OperationContext, ref: string, what: string): Agent {
  const agent = agentByRef(context, ref);
  if (isLive(agent.status))
    refuseNow(
      'conflict',
      `Agent ${agent.name} is ${agent.status} and cannot be ${what}.`,
      `Stop it first: sloop agent stop ${agent.name}.`,
    );
  return agent;
}
