import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  real,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core';
import { agentForms, agentOrigins, agentStatuses, launchStates } from '../../domain/agent/agent.ts';
import type {
  AccountId,
  AgentId,
  ArtifactId,
  AttemptId,
  IterationId,
  LaunchId,
  LoopId,
  ProgressId,
  ProjectId,
  SessionId,
  SprintId,
  StageId,
  TodoId,
} from '../../domain/ids.ts';
import {
  attemptOutcomes,
  iterationStatuses,
  loopOutcomes,
  loopStatuses,
  stageStatuses,
  verdicts,
  type Finding,
  type Loop,
} from '../../domain/loop/loop.ts';
import { choice, flag, id, instant, json } from './columns.ts';
import { account } from './account.ts';
import { artifact, project, session, sprint, todo } from './work.ts';

export const loop = sqliteTable(
  'loop',
  {
    id: id<LoopId>().primaryKey(),
    definition: text().notNull(),
    frozen: json<Loop['frozen']>().notNull(),
    parameters: json<Loop['parameters']>().notNull(),
    goal: text().notNull(),
    sessionId: id<SessionId>()
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    projectId: id<ProjectId>()
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    status: choice(loopStatuses).notNull(),
    blockReason: text(),
    outcome: choice(loopOutcomes),
    failure: text(),
    round: integer().notNull(),
    maxIterations: integer().notNull(),
    deadline: instant(),
    budgetUsd: real(),
    provider: text(),
    model: text(),
    script: text(),
    window: text(),
    startedBy: text().notNull(),
    startedAt: instant().notNull(),
    completedAt: instant(),
    updatedAt: instant().notNull(),
  },
  (row) => [
    index('loop_order').on(row.startedAt, row.id),
    index('loop_status').on(row.status, row.startedAt, row.id),
    index('loop_project').on(row.projectId, row.startedAt, row.id),
    index('loop_session').on(row.sessionId),
  ],
);

const ofLoop = () => ({
  loopId: id<LoopId>()
    .notNull()
    .references(() => loop.id, { onDelete: 'cascade' }),
  projectId: id<ProjectId>().notNull(),
  sessionId: id<SessionId>().notNull(),
});

export const iteration = sqliteTable(
  'iteration',
  {
    id: id<IterationId>().primaryKey(),
    ...ofLoop(),
    number: integer().notNull(),
    sprintId: id<SprintId>().references(() => sprint.id, { onDelete: 'set null' }),
    status: choice(iterationStatuses).notNull(),
    outcome: text(),
    startedAt: instant(),
    completedAt: instant(),
  },
  (row) => [
    uniqueIndex('iteration_of_loop').on(row.loopId, row.number),
    index('iteration_sprint').on(row.sprintId),
  ],
);

export const stage = sqliteTable(
  'stage',
  {
    id: id<StageId>().primaryKey(),
    iterationId: id<IterationId>()
      .notNull()
      .references(() => iteration.id, { onDelete: 'cascade' }),
    ...ofLoop(),
    position: integer().notNull(),
    name: text().notNull(),
    role: text().notNull(),
    status: choice(stageStatuses).notNull(),
    artifactId: id<ArtifactId>().references(() => artifact.id, { onDelete: 'set null' }),
    summary: text(),
    verdict: choice(verdicts),
    findings: json<Finding[]>().notNull(),
    notes: text(),
    startedAt: instant(),
    completedAt: instant(),
  },
  (row) => [
    uniqueIndex('stage_of_iteration').on(row.iterationId, row.position),
    index('stage_loop').on(row.loopId, row.status),
    index('stage_artifact').on(row.artifactId),
  ],
);

export const attempt = sqliteTable(
  'attempt',
  {
    id: id<AttemptId>().primaryKey(),
    stageId: id<StageId>()
      .notNull()
      .references(() => stage.id, { onDelete: 'cascade' }),
    ...ofLoop(),
    number: integer().notNull(),
    agentId: id<AgentId>().references((): AnySQLiteColumn => agent.id, { onDelete: 'set null' }),
    outcome: choice(attemptOutcomes),
    reason: text(),
    verdict: choice(verdicts),
    exitCode: integer(),
    startedAt: instant().notNull(),
    endedAt: instant(),
  },
  (row) => [
    uniqueIndex('attempt_of_stage').on(row.stageId, row.number),
    index('attempt_loop').on(row.loopId, row.startedAt, row.id),
    index('attempt_agent').on(row.agentId),
  ],
);

export const agent = sqliteTable(
  'agent',
  {
    id: id<AgentId>().primaryKey(),
    name: text().notNull().unique(),
    role: text().notNull(),
    provider: text().notNull(),
    model: text(),
    effort: text(),
    accountId: id<AccountId>().references((): AnySQLiteColumn => account.id, { onDelete: 'set null' }),
    origin: choice(agentOrigins).notNull().default('asked'),
    budgetUsd: real(),
    form: choice(agentForms).notNull(),
    sessionId: id<SessionId>()
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    projectId: id<ProjectId>().references(() => project.id, { onDelete: 'set null' }),
    sprintId: id<SprintId>().references(() => sprint.id, { onDelete: 'set null' }),
    todoId: id<TodoId>().references(() => todo.id, { onDelete: 'set null' }),
    loopId: id<LoopId>().references((): AnySQLiteColumn => loop.id, { onDelete: 'set null' }),
    stageId: id<StageId>().references((): AnySQLiteColumn => stage.id, { onDelete: 'set null' }),
    worktreePath: text(),
    branch: text(),
    providerSessionId: text(),
    sessionNumber: integer().notNull(),
    attempt: integer().notNull().default(1),
    status: choice(agentStatuses).notNull(),
    reported: choice(['done', 'failed']),
    attention: text(),
    pid: integer(),
    pidStartedAt: text(),
    exitCode: integer(),
    exitSignal: text(),
    startRefused: flag().notNull(),
    result: text(),
    inputTokens: integer().notNull(),
    outputTokens: integer().notNull(),
    costUsd: real().notNull(),
    observed: integer().notNull(),
    lastSeenAt: instant(),
    startedBy: text().notNull(),
    reportedAt: instant(),
    stopRequestedBy: text(),
    dismissedAt: instant(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    endedAt: instant(),
  },
  (row) => [
    index('agent_order').on(row.createdAt, row.id),
    index('agent_status').on(row.status, row.createdAt, row.id),
    index('agent_attention')
      .on(row.updatedAt, row.id)
      .where(sql`attention is not null`),
    index('agent_project').on(row.projectId, row.createdAt, row.id),
    index('agent_session').on(row.sessionId, row.createdAt, row.id),
    index('agent_sprint').on(row.sprintId),
    index('agent_todo').on(row.todoId),
    index('agent_loop').on(row.loopId),
    index('agent_stage').on(row.stageId),
    index('agent_account').on(row.accountId),
  ],
);

export const launch = sqliteTable(
  'launch',
  {
    id: id<LaunchId>().primaryKey(),
    agentId: id<AgentId>()
      .notNull()
      .references(() => agent.id, { onDelete: 'cascade' }),
    projectId: id<ProjectId>(),
    sessionId: id<SessionId>().notNull(),
    sessionNumber: integer().notNull(),
    state: choice(launchStates).notNull(),
    prompt: text().notNull(),
    workingFolder: text().notNull(),
    resume: flag().notNull(),
    script: text(),
    window: text(),
    tokenHash: text().unique(),
    claimedAt: instant(),
    createdAt: instant().notNull(),
  },
  (row) => [
    index('launch_agent').on(row.agentId, row.createdAt, row.id),
    index('launch_state').on(row.state, row.createdAt, row.id),
  ],
);

export const progress = sqliteTable(
  'progress',
  {
    id: id<ProgressId>().primaryKey(),
    agentId: id<AgentId>()
      .notNull()
      .references(() => agent.id, { onDelete: 'cascade' }),
    agentName: text().notNull(),
    projectId: id<ProjectId>(),
    sessionId: id<SessionId>().notNull(),
    todoId: id<TodoId>(),
    stageId: id<StageId>(),
    text: text().notNull(),
    createdAt: instant().notNull(),
  },
  (row) => [
    index('progress_agent').on(row.agentId, row.createdAt, row.id),
    index('progress_todo').on(row.todoId, row.createdAt, row.id),
  ],
);
