import { z } from 'zod';
import type { Instant } from '../../base/clock.ts';
import { ok } from '../../base/result.ts';
import { instant } from '../../domain/instant.ts';
import { projectId, type AgentId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message/message.ts';
import { page, pageOf, type Page, type PageRequest } from '../../domain/page.ts';
import type { Todo } from '../../domain/todo/todo.ts';
import { exhaustedProviders } from '../account/exhaustedProviders.ts';
import { decisionTitle, mergesToDecide } from '../merge/mergesToDecide.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { chainPages, pageThrough, type PageSource } from '../pages.ts';
import { pendingQuestions } from './pendingQuestions.ts';
import { untold } from './untold.ts';

const kinds = [
  'question',
  'review',
  'proposal',
  'todo',
  'gate',
  'merge',
  'loop',
  'agent',
  'account',
  'message',
] as const;

const item = z.object({
  kind: z
    .enum(kinds)
    .describe(
      'question: waits for an answer; review: artifact to decide about; proposal: a change that an agent suggests; todo: waits for approval; gate: a todo that only a person can do or decide; merge: waits for approval, or nobody goes on with it; loop: blocked or failed; agent: needs a look; account: none of its provider can be used now; message: unread',
    ),
  id: z.string(),
  title: z.string(),
  from: z.string().nullable(),
  since: instant,
  projectId: projectId.nullable(),
});
type Item = z.input<typeof item>;

export const inbox = defineOperation({
  id: 'message.inbox',
  title: 'Inbox',
  summary:
    'Lists what is unread or waits for you: questions, reviews, approvals, blocked loops, agents, messages.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({ kind: z.array(z.enum(kinds)).optional().describe('Only these kinds'), ...page }),
  output: pageOf(item),
  run(context, input) {
    const all =
      context.caller.kind === 'agent' ? ofAgent(context, context.caller.agentId) : ofPerson(context);
    const wanted = all.filter(
      ({ name }) => input.kind === undefined || input.kind.some((kind) => kind === name),
    );
    const list = chainPages(wanted, input);
    return ok({ ...list, items: [...list.items] });
  },
});

/** A page of rows as a page of items. */
function source<T>(
  name: Item['kind'],
  pageOfRows: (request: PageRequest) => Page<T>,
  toItem: (row: T) => Omit<Item, 'kind'>,
): PageSource<Item> {
  return {
    name,
    page(request) {
      const list = pageOfRows(request);
      return { ...list, items: list.items.map((row) => ({ kind: name, ...toItem(row) })) };
    },
  };
}

const ofMessage = (message: Message): Omit<Item, 'kind'> => ({
  id: message.id,
  title: firstLine(message.body),
  from: message.senderName,
  since: message.createdAt,
  projectId: message.projectId,
});

const ofTodo = ({ id, title, createdBy, projectId: project }: Todo, since: Instant): Omit<Item, 'kind'> => ({
  id,
  title,
  from: createdBy,
  since,
  projectId: project,
});

function ofAgent(context: OperationContext, reader: AgentId): readonly PageSource<Item>[] {
  const questions = pendingQuestions(context);
  const notes = untold(context, reader).filter(({ status }) => status !== 'pending');
  return [
    source('question', (request) => pageThrough(questions, ({ id }) => id, request), ofMessage),
    source('message', (request) => pageThrough(notes, ({ id }) => id, request), ofMessage),
  ];
}

function ofPerson(context: OperationContext): readonly PageSource<Item>[] {
  const { tables } = context;
  const asked = {
    status: 'pending',
    recipientKind: ['person', 'everyone'],
    senderKind: ['agent', 'system'],
  } as const;
  return [
    source('question', (request) => tables.message.list(asked, request), ofMessage),
    source(
      'review',
      (request) => tables.artifact.list({ stage: 'review' }, request),
      ({ id, title, createdBy, updatedAt, projectId: project }) => ({
        id,
        title,
        from: createdBy,
        since: updatedAt,
        projectId: project,
      }),
    ),
    source(
      'proposal',
      (request) => tables.proposal.list({ status: 'pending' }, request),
      ({ id, title, agentName, createdAt, projectId: project }) => ({
        id,
        title,
        from: agentName,
        since: createdAt,
        projectId: project,
      }),
    ),
    source(
      'todo',
      (request) => tables.todo.list({ status: 'pending_approval' }, request),
      (todo) => ofTodo(todo, todo.createdAt),
    ),
    source(
      'gate',
      (request) => tables.todo.gated(request),
      (todo) => ofTodo(todo, todo.updatedAt),
    ),
    source(
      'merge',
      (request) => pageThrough(mergesToDecide(context), ({ id }) => id, request),
      (merge) => ({
        id: merge.id,
        title: firstLine(decisionTitle(merge)),
        from: merge.agentName,
        since: merge.updatedAt,
        projectId: merge.projectId,
      }),
    ),
    source(
      'loop',
      (request) => tables.loop.list({ status: ['blocked', 'failed'] }, request),
      ({ id, goal, blockReason, failure, updatedAt, projectId: project }) => ({
        id,
        title: [firstLine(goal), blockReason ?? failure].filter((text) => text !== null).join(': '),
        from: null,
        since: updatedAt,
        projectId: project,
      }),
    ),
    source(
      'agent',
      (request) => tables.agent.needingAttention(request),
      ({ id, name, attention, updatedAt, projectId: project }) => ({
        id,
        title: attention ?? '',
        from: name,
        since: updatedAt,
        projectId: project,
      }),
    ),
    source(
      'account',
      (request) => pageThrough(exhaustedProviders(context), ({ id }) => id, request),
      ({ id, provider, updatedAt }) => ({
        id,
        title: `Every account of ${provider} is exhausted`,
        from: null,
        since: updatedAt,
        projectId: null,
      }),
    ),
    source('message', (request) => tables.message.unread('person', request), ofMessage),
  ];
}

const firstLine = (text: string): string => {
  const [line = ''] = text.trim().split('\n');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
};
