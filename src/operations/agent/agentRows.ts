import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { agent, agentStatuses, isLive, liveAgentStatuses, type Agent } from '../../domain/agent/agent.ts';
import { agentId, messageId } from '../../domain/ids.ts';
import { page, pageOf, type Page, type PageRequest } from '../../domain/page.ts';
import { cutTo } from '../cutTo.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { chainPages, pageThrough } from '../pages.ts';

const fields = agent.pick({
  id: true,
  name: true,
  role: true,
  provider: true,
  model: true,
  accountId: true,
  form: true,
  status: true,
  reported: true,
  attention: true,
  exitCode: true,
  projectId: true,
  todoId: true,
  loopId: true,
  worktreePath: true,
  branch: true,
  sessionNumber: true,
  inputTokens: true,
  outputTokens: true,
  costUsd: true,
  createdAt: true,
  updatedAt: true,
  endedAt: true,
  dismissedAt: true,
});

/** An agent as a tree shows it. */
const agentRow = fields.extend({
  asks: messageId.nullable().describe('The question with which it waits for the person'),
  todoTitle: z.string().nullable().describe('Title of the todo that it works on'),
});

/** `needed`: waits for the person or should be looked at. `live`: at work. `ended`: has no process any more. */
const groups = ['needed', 'live', 'ended'] as const;
type Group = (typeof groups)[number];

const cut = cutTo(fields);
const ended = agentStatuses.filter((status) => !isLive(status));
const calm = { attention: null, dismissedAt: null };
const atWork = liveAgentStatuses.filter((status) => status !== 'waiting_for_input');

function toRow({ tables }: OperationContext, row: Agent): z.input<typeof agentRow> {
  const asked = tables.message.list({ ...toPerson, senderAgentId: row.id }, { limit: 1 }).items;
  const todo = row.todoId === null ? undefined : tables.todo.find(row.todoId);
  return { ...cut(row), asks: asked[0]?.id ?? null, todoTitle: todo?.title ?? null };
}

const toPerson = { status: 'pending', recipientKind: ['person', 'everyone'] } as const;

/** Those that asked the person something and do not show it by their status: a parked one has ended its turn. */
function askingBesides({ tables }: OperationContext): readonly Agent[] {
  const askers = new Set(tables.message.all(toPerson).map(({ senderAgentId }) => senderAgentId));
  return [...askers].flatMap((id) => {
    const agent = id === null ? undefined : tables.agent.find(id);
    const isOther = agent?.dismissedAt === null && agent.attention === null;
    return isOther && agent.status !== 'waiting_for_input' ? [agent] : [];
  });
}

/** The lists that each group is made of, one after the other. */
function listsOf(context: OperationContext) {
  const { tables } = context;
  const asking = askingBesides(context);
  const isAsking = new Set(asking.map(({ id }) => id));
  const others = (list: Page<Agent>): Page<Agent> => ({
    ...list,
    items: list.items.filter(({ id }) => !isAsking.has(id)),
  });
  const waiting = { ...calm, status: 'waiting_for_input' } as const;
  const count = (status: readonly Agent['status'][]) =>
    tables.agent.count({ ...calm, status }) - asking.filter((agent) => status.includes(agent.status)).length;
  const attention = tables.agent.needingAttention({ limit: 1 });
  return {
    counts: {
      needed: asking.length + tables.agent.count(waiting) + attention.items.length + attention.more,
      live: count(atWork),
      ended: count(ended),
    } satisfies Record<Group, number>,
    needed: [
      { name: 'asking', page: (request: PageRequest) => pageThrough(asking, ({ id }) => id, request) },
      { name: 'waiting', page: (request: PageRequest) => tables.agent.list(waiting, request) },
      { name: 'attention', page: (request: PageRequest) => tables.agent.needingAttention(request) },
    ],
    live: [
      {
        name: 'live',
        page: (request: PageRequest) => others(tables.agent.list({ ...calm, status: atWork }, request)),
      },
    ],
    ended: [
      {
        name: 'ended',
        page: (request: PageRequest) => others(tables.agent.list({ ...calm, status: ended }, request)),
      },
    ],
  };
}

export const agentRows = defineOperation({
  id: 'agent.rows',
  title: 'Rows of agents',
  summary:
    'Lists agents that are not dismissed: those that need the person, those at work, those that ended.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({
    agents: z.array(agentId).max(500).optional().describe('Only these'),
    group: z.enum(groups).optional().describe('Only this group'),
    ...page,
  }),
  output: pageOf(agentRow).extend({
    counts: z.object({ needed: z.number().int(), live: z.number().int(), ended: z.number().int() }),
  }),
  run(context, input) {
    const { tables } = context;
    const { counts, ...lists } = listsOf(context);
    const wanted = groups.filter((group) => input.group === undefined || group === input.group);
    const list =
      input.agents === undefined
        ? chainPages<Agent>(
            wanted.flatMap((group) => lists[group]),
            input,
          )
        : { items: input.agents.flatMap((id) => tables.agent.find(id) ?? []), more: 0, next: null };
    return ok({ ...list, items: list.items.map((row) => toRow(context, row)), counts });
  },
});
