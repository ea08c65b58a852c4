import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { agent, agentStatuses, isLive, liveAgentStatuses, type Agent } from '../../domain/agent/agent.ts';
import { agentId, messageId } from '../../domain/ids.ts';
import { page, pageOf, type PageRequest } from '../../domain/page.ts';
import { cutTo } from '../cutTo.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { chainPages } from '../pages.ts';

const fields = agent.pick({
  id: true,
  name: true,
  role: true,
  provider: true,
  status: true,
  reported: true,
  attention: true,
  exitCode: true,
  projectId: true,
  todoId: true,
  loopId: true,
  createdAt: true,
  updatedAt: true,
  endedAt: true,
  dismissedAt: true,
});

/** An agent as a tree shows it. */
const agentRow = fields.extend({
  asks: messageId.nullable().describe('The question with which it waits for the person'),
});

const cut = cutTo(fields);
const ended = agentStatuses.filter((status) => !isLive(status));

function toRow({ tables }: OperationContext, row: Agent): z.input<typeof agentRow> {
  const recipientKind = ['person', 'everyone'] as const;
  const asked = tables.message.list(
    { status: 'pending', senderAgentId: row.id, recipientKind },
    { limit: 1 },
  ).items;
  return { ...cut(row), asks: asked[0]?.id ?? null };
}

export const agentRows = defineOperation({
  id: 'agent.rows',
  title: 'Rows of agents',
  summary: 'Lists agents that are not dismissed: those to look at, those with a process, those that ended.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({ agents: z.array(agentId).max(500).optional().describe('Only these'), ...page }),
  output: pageOf(agentRow),
  run(context, input) {
    const { tables } = context;
    const calm = { attention: null, dismissedAt: null };
    const list =
      input.agents === undefined
        ? chainPages<Agent>(
            [
              { name: 'attention', page: (request: PageRequest) => tables.agent.needingAttention(request) },
              {
                name: 'live',
                page: (request) => tables.agent.list({ ...calm, status: liveAgentStatuses }, request),
              },
              { name: 'ended', page: (request) => tables.agent.list({ ...calm, status: ended }, request) },
            ],
            input,
          )
        : { items: input.agents.flatMap((id) => tables.agent.find(id) ?? []), more: 0, next: null };
    return ok({ ...list, items: list.items.map((row) => toRow(context, row)) });
  },
});
