import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { agent, agentStatuses, isLive, liveAgentStatuses, progress } from '../../domain/agent/agent.ts';
import { logChunk } from '../../domain/agent/logChunk.ts';
import { agentId, loopId, messageId, sessionId, sprintId, stageId, todoId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { chosenProject } from '../lookup.ts';
import { parkedQuestions } from '../message/parkedQuestions.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { agentByRef, agentRef, findAgent } from './agentByRef.ts';
import { agentLine, toAgentLine } from './agentLine.ts';
import { whyNotResumable } from './whyNotResumable.ts';

export const listAgents = defineOperation({
  id: 'agent.list',
  title: 'List agents',
  summary: 'Lists agents, newest first, without the dismissed ones.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    project: z.string().optional().describe('Project id or slug; every project when left out'),
    sprint: sprintId.optional(),
    todo: todoId.optional(),
    session: sessionId.optional(),
    loop: loopId.optional(),
    stage: stageId.optional(),
    role: z.string().optional().describe('Name of a role'),
    provider: z.string().optional().describe('Name of a provider'),
    status: z.array(z.enum(agentStatuses)).optional(),
    live: z.boolean().optional().describe('Only those with a process'),
    attention: z
      .boolean()
      .optional()
      .describe('Only those that a person should look at, longest waiting first'),
    all: z.boolean().optional().describe('Dismissed ones too'),
    ...page,
  }),
  output: pageOf(agentLine.extend({ parked: z.boolean().describe('Ended with a question that waits') })),
  run(context, input) {
    const { tables } = context;
    const list =
      input.attention === true
        ? tables.agent.needingAttention(input)
        : tables.agent.list(
            {
              projectId: input.project === undefined ? undefined : chosenProject(context, input.project),
              sprintId: input.sprint,
              todoId: input.todo,
              sessionId: input.session,
              loopId: input.loop,
              stageId: input.stage,
              role: input.role,
              provider: input.provider,
              status: input.status ?? (input.live === true ? liveAgentStatuses : undefined),
              dismissedAt: input.all === true ? undefined : null,
            },
            input,
          );
    const items = list.items.map((row) => ({
      ...toAgentLine(row),
      parked: !isLive(row.status) && parkedQuestions(context, row.id).length > 0,
    }));
    return ok({ ...list, items });
  },
});

export const showAgent = defineOperation({
  id: 'agent.show',
  title: 'Show an agent',
  summary: 'Shows one agent whole, with the newest lines of its own account and, if asked, its first prompt.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['agent'],
  input: z.object({ agent: agentRef, prompt: z.boolean().default(false).describe('With its prompt') }),
  output: agent.extend({
    progress: z.array(progress.pick({ text: true, createdAt: true })).describe('At most 20, newest first'),
    progressCount: z.number().int(),
    parkedOn: z
      .array(messageId)
      .describe('Questions with which it parked; it goes on when they are answered'),
    prompt: z.string().nullable(),
    notResumable: z
      .string()
      .nullable()
      .describe('Why its session could not be continued once it has ended; null: it could'),
  }),
  run(context, input) {
    const { tables } = context;
    const found = agentByRef(context, input.agent);
    const lines = tables.progress.list({ agentId: found.id }, { limit: 20 });
    const [launch] = tables.launch.all({ agentId: found.id, sessionNumber: found.sessionNumber });
    return ok({
      ...found,
      progress: lines.items.map(({ text, createdAt }) => ({ text, createdAt })),
      progressCount: lines.items.length + lines.more,
      parkedOn: parkedQuestions(context, found.id).map(({ id }) => id),
      prompt: input.prompt ? (launch?.prompt ?? null) : null,
      notResumable: whyNotResumable(found)?.message ?? null,
    });
  },
});

export const agentLog = defineOperation({
  id: 'agent.log',
  title: "Read an agent's output",
  summary:
    'Pages through what an agent said and did, oldest first; it stays readable by id after the agent is gone.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['agent'],
  input: z.object({
    agent: agentRef,
    session: z.number().int().positive().optional().describe('Only its nth start'),
    text: z.string().min(1).optional().describe('Only chunks with this text in them'),
    newest: z.boolean().default(false).describe('Newest first'),
    ...page,
    after: page.after.describe('The `next` of the page before, or the sequence number of any piece'),
  }),
  output: pageOf(
    logChunk.pick({ sequence: true, kind: true, content: true, time: true, sessionNumber: true }),
  ),
  run(context, input) {
    const { limit, after, newest, text, session } = input;
    const list = context.logs.list(
      { agentId: loggedAgent(context, input.agent), sessionNumber: session, text },
      { limit, after, newestFirst: newest },
    );
    const items = list.items.map(({ sequence, kind, content, time, sessionNumber }) => ({
      sequence,
      kind,
      content,
      time,
      sessionNumber,
    }));
    return ok({ ...list, items });
  },
});

/** The log has no project to reach it by: who is no person must reach the agent itself. */
export function loggedAgent(context: OperationContext, ref: string) {
  const found = findAgent(context, ref);
  if (found !== undefined) return found.id;
  const byId = agentId.safeParse(ref);
  if (context.caller.kind !== 'agent' && byId.success) return byId.data;
  return refuseNow(
    'missing',
    `There is no agent ${ref} here.`,
    'List those that there are: sloop agent list.',
  );
}
