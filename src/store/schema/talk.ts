import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core';
import { surfaces } from '../../domain/caller.ts';
import {
  nouns,
  type AgentId,
  type MessageId,
  type ProjectId,
  type ProposalId,
  type SessionId,
  type SprintId,
  type TodoId,
} from '../../domain/ids.ts';
import { messageStatuses } from '../../domain/message/message.ts';
import { proposalStatuses, proposalTargets, type Proposal } from '../../domain/proposal/proposal.ts';
import { agent } from './runs.ts';
import { choice, flag, id, instant, json } from './columns.ts';
import { project, session, sprint, todo } from './work.ts';

export const message = sqliteTable(
  'message',
  {
    id: id<MessageId>().primaryKey(),
    threadId: id<MessageId>().notNull(),
    parentId: id<MessageId>().references((): AnySQLiteColumn => message.id, { onDelete: 'cascade' }),
    senderKind: choice(['agent', 'person', 'system']).notNull(),
    senderName: text().notNull(),
    senderAgentId: id<AgentId>().references(() => agent.id, { onDelete: 'cascade' }),
    recipientKind: choice(['agent', 'person', 'everyone']).notNull(),
    recipientName: text(),
    recipientAgentId: id<AgentId>().references(() => agent.id, { onDelete: 'cascade' }),
    projectId: id<ProjectId>().references(() => project.id, { onDelete: 'set null' }),
    sessionId: id<SessionId>().references(() => session.id, { onDelete: 'set null' }),
    sprintId: id<SprintId>().references(() => sprint.id, { onDelete: 'set null' }),
    todoId: id<TodoId>().references(() => todo.id, { onDelete: 'set null' }),
    body: text().notNull(),
    requiresResponse: flag().notNull(),
    parked: flag().notNull().default(false),
    status: choice(messageStatuses).notNull(),
    answer: text(),
    answeredBy: text(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (row) => [
    index('message_order').on(row.createdAt, row.id),
    index('message_thread').on(row.threadId, row.createdAt, row.id),
    index('message_parent').on(row.parentId),
    index('message_to').on(row.recipientKind, row.recipientAgentId, row.status, row.createdAt, row.id),
    index('message_from').on(row.senderAgentId),
    index('message_recipient').on(row.recipientAgentId),
    index('message_project').on(row.projectId, row.createdAt, row.id),
    index('message_session').on(row.sessionId),
    index('message_sprint').on(row.sprintId),
    index('message_todo').on(row.todoId),
  ],
);

export const messageRead = sqliteTable(
  'message_read',
  {
    messageId: id<MessageId>()
      .notNull()
      .references(() => message.id, { onDelete: 'cascade' }),
    reader: text().notNull(),
    readAt: instant().notNull(),
  },
  (row) => [primaryKey({ columns: [row.messageId, row.reader] })],
);

export const proposal = sqliteTable(
  'proposal',
  {
    id: id<ProposalId>().primaryKey(),
    agentId: id<AgentId>().references(() => agent.id, { onDelete: 'set null' }),
    agentName: text().notNull(),
    projectId: id<ProjectId>().references(() => project.id, { onDelete: 'cascade' }),
    sessionId: id<SessionId>().references(() => session.id, { onDelete: 'set null' }),
    target: choice(proposalTargets).notNull(),
    targetId: text(),
    title: text().notNull(),
    summary: text().notNull(),
    content: text().notNull(),
    metadata: json<Proposal['metadata']>().notNull(),
    sortOrder: integer().notNull(),
    status: choice(proposalStatuses).notNull(),
    base: json<NonNullable<Proposal['base']>>(),
    resultId: text(),
    decidedBy: text(),
    decidedAt: instant(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (row) => [
    index('proposal_order').on(row.createdAt, row.sortOrder, row.id),
    index('proposal_status').on(row.status, row.createdAt, row.sortOrder, row.id),
    index('proposal_project').on(row.projectId, row.createdAt, row.sortOrder, row.id),
    index('proposal_agent').on(row.agentId),
    index('proposal_session').on(row.sessionId),
    index('proposal_target').on(row.targetId),
  ],
);

/** The audit trail. Without foreign keys: it outlives what it tells of. */
export const event = sqliteTable(
  'event',
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    time: instant().notNull(),
    operation: text().notNull(),
    surface: choice(surfaces).notNull(),
    callerKind: choice(['person', 'agent', 'system']).notNull(),
    caller: text().notNull(),
    noun: choice(nouns).notNull(),
    entityId: text().notNull(),
    action: choice(['created', 'updated', 'deleted']).notNull(),
    from: json<Record<string, unknown>>(),
    to: json<Record<string, unknown>>(),
    durationMs: real().notNull(),
    projectId: id<ProjectId>(),
    sessionId: id<SessionId>(),
  },
  (row) => [
    index('event_entity').on(row.entityId, row.sequence),
    index('event_project').on(row.projectId, row.sequence),
    index('event_noun').on(row.noun, row.sequence),
    index('event_caller').on(row.caller, row.sequence),
    index('event_operation').on(row.operation, row.sequence),
  ],
);

/** Results of writes that a client named, so that asking again after a lost reply does not do it twice. */
export const request = sqliteTable(
  'request',
  { id: text().primaryKey(), result: json<{ value: unknown }>().notNull(), createdAt: instant().notNull() },
  (row) => [index('request_age').on(row.createdAt)],
);
