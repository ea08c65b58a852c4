import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core';
import { artifactStages, artifactTypes, type Artifact } from '../../domain/artifact/artifact.ts';
import type { ArtifactId, ProjectId, RepositoryId, SessionId, SprintId, TodoId } from '../../domain/ids.ts';
import { dispatchStates, isolations } from '../../domain/dispatch/rule.ts';
import { projectModes, projectStatuses, workflowStates, type Project } from '../../domain/project/project.ts';
import { sprintStatuses, type Sprint } from '../../domain/sprint/sprint.ts';
import {
  priorities,
  todoCategories,
  todoGates,
  todoKinds,
  todoStatuses,
  type Todo,
} from '../../domain/todo/todo.ts';
import { choice, flag, id, instant, json } from './columns.ts';

export const project = sqliteTable(
  'project',
  {
    id: id<ProjectId>().primaryKey(),
    slug: text().notNull().unique(),
    title: text().notNull(),
    description: text().notNull(),
    status: choice(projectStatuses).notNull(),
    workflowState: choice(workflowStates),
    mode: choice(projectModes).notNull(),
    mergeRequiresApproval: flag().notNull(),
    todosRequireApproval: flag().notNull(),
    branch: text(),
    dispatch: choice(dispatchStates).notNull().default('off'),
    dispatchRules: json<Project['dispatchRules']>().notNull().default([]),
    isolation: choice(isolations).notNull().default('worktree'),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (row) => [index('project_order').on(row.status, row.createdAt, row.id)],
);

export const repository = sqliteTable('repository', {
  id: id<RepositoryId>().primaryKey(),
  name: text().notNull().unique(),
  path: text(),
  url: text().unique(),
  defaultBranch: text().notNull(),
  lastFetchedAt: instant(),
  copyFiles: json<string[]>().notNull().default([]),
  linkFolders: json<string[]>().notNull().default([]),
  setUpCommand: json<string[]>().notNull().default([]),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
});

export const projectRepository = sqliteTable(
  'project_repository',
  {
    projectId: id<ProjectId>()
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    repositoryId: id<RepositoryId>()
      .notNull()
      .references(() => repository.id, { onDelete: 'cascade' }),
  },
  (row) => [
    primaryKey({ columns: [row.projectId, row.repositoryId] }),
    index('project_repository_repository').on(row.repositoryId),
  ],
);

export const session = sqliteTable(
  'session',
  {
    id: id<SessionId>().primaryKey(),
    title: text().notNull(),
    origin: choice(['person', 'agent', 'loop', 'background']).notNull(),
    parentId: id<SessionId>().references((): AnySQLiteColumn => session.id, { onDelete: 'set null' }),
    projectId: id<ProjectId>().references(() => project.id, { onDelete: 'set null' }),
    role: text(),
    status: choice(['open', 'closed']).notNull(),
    lastActivityAt: instant().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (row) => [
    index('session_order').on(row.status, row.createdAt, row.id),
    index('session_project').on(row.projectId),
    index('session_parent').on(row.parentId),
  ],
);

export const sprint = sqliteTable(
  'sprint',
  {
    id: id<SprintId>().primaryKey(),
    projectId: id<ProjectId>()
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    title: text().notNull(),
    goal: text().notNull(),
    plan: text().notNull(),
    status: choice(sprintStatuses).notNull(),
    acceptanceCriteria: json<string[]>().notNull(),
    reviewerNotes: text(),
    reviewRound: integer().notNull(),
    maxReviewRounds: integer().notNull(),
    contractArtifactId: id<ArtifactId>().references((): AnySQLiteColumn => artifact.id, {
      onDelete: 'set null',
    }),
    startDate: instant(),
    endDate: instant(),
    retrospective: json<NonNullable<Sprint['retrospective']>>(),
    lastSessionId: id<SessionId>().references(() => session.id, { onDelete: 'set null' }),
    approvedAt: instant(),
    completedAt: instant(),
    branch: text(),
    wipLimit: integer(),
    origin: choice(['person', 'loop']).notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (row) => [
    index('sprint_number').on(row.projectId, row.number, row.id),
    index('sprint_status').on(row.status),
    index('sprint_contract').on(row.contractArtifactId),
    index('sprint_session').on(row.lastSessionId),
  ],
);

export const sprintDependency = sqliteTable(
  'sprint_dependency',
  {
    sprintId: id<SprintId>()
      .notNull()
      .references(() => sprint.id, { onDelete: 'cascade' }),
    dependsOnId: id<SprintId>()
      .notNull()
      .references(() => sprint.id, { onDelete: 'cascade' }),
  },
  (row) => [
    primaryKey({ columns: [row.sprintId, row.dependsOnId] }),
    index('sprint_dependency_on').on(row.dependsOnId),
  ],
);

export const artifact = sqliteTable(
  'artifact',
  {
    // Full-text rows point here by number. A plain rowid would be renumbered by VACUUM.
    rowNumber: integer().primaryKey({ autoIncrement: true }),
    id: id<ArtifactId>().notNull().unique(),
    title: text().notNull(),
    type: choice(artifactTypes).notNull(),
    stage: choice(artifactStages).notNull(),
    version: integer().notNull(),
    content: text().notNull(),
    language: text(),
    filepath: text(),
    metadata: json<Artifact['metadata']>().notNull(),
    sessionId: id<SessionId>().references(() => session.id, { onDelete: 'set null' }),
    projectId: id<ProjectId>().references(() => project.id, { onDelete: 'set null' }),
    sprintId: id<SprintId>().references(() => sprint.id, { onDelete: 'set null' }),
    parentId: id<ArtifactId>().references((): AnySQLiteColumn => artifact.id, { onDelete: 'set null' }),
    sortOrder: integer().notNull(),
    persistent: flag().notNull(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (row) => [
    index('artifact_order').on(row.sortOrder, row.id),
    index('artifact_project').on(row.projectId, row.sortOrder, row.id),
    index('artifact_sprint').on(row.sprintId, row.sortOrder, row.id),
    index('artifact_session').on(row.sessionId, row.sortOrder, row.id),
    index('artifact_parent').on(row.parentId, row.sortOrder, row.id),
    index('artifact_stage').on(row.stage, row.sortOrder, row.id),
  ],
);

/** Highest priority first, as a number that an index can order by. */
const rankOfPriority = sql`case priority when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end`;

export const todo = sqliteTable(
  'todo',
  {
    // Full-text rows point here by number; see `artifact`.
    rowNumber: integer().primaryKey({ autoIncrement: true }),
    id: id<TodoId>().notNull().unique(),
    title: text().notNull(),
    description: text().notNull(),
    kind: choice(todoKinds).notNull(),
    category: choice(todoCategories).notNull(),
    gate: choice(todoGates).notNull(),
    status: choice(todoStatuses).notNull(),
    priority: choice(priorities).notNull(),
    priorityRank: integer().generatedAlwaysAs(rankOfPriority, { mode: 'virtual' }),
    sortOrder: integer().notNull(),
    parentId: id<TodoId>().references((): AnySQLiteColumn => todo.id, { onDelete: 'cascade' }),
    projectId: id<ProjectId>().references(() => project.id, { onDelete: 'set null' }),
    sprintId: id<SprintId>().references(() => sprint.id, { onDelete: 'set null' }),
    sessionId: id<SessionId>().references(() => session.id, { onDelete: 'set null' }),
    artifactId: id<ArtifactId>().references((): AnySQLiteColumn => artifact.id, { onDelete: 'set null' }),
    planPosition: integer(),
    assignee: text(),
    createdBy: text().notNull(),
    completedBy: text(),
    requiresApproval: flag(),
    acceptanceCriteria: json<string[]>().notNull(),
    successCriteria: json<Todo['successCriteria']>().notNull(),
    deadline: instant(),
    estimatedHours: real(),
    actualHours: real(),
    completionSummary: text(),
    feedbackQuality: integer(),
    feedbackTimeliness: integer(),
    feedbackNotes: text(),
    role: text(),
    provider: text(),
    model: text(),
    effort: text(),
    promotedAt: instant(),
    blockedReason: text(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    completedAt: instant(),
  },
  (row) => [
    index('todo_order').on(row.sortOrder, row.id),
    // Counts what is left of a list of open todos without looking at the rows: 3 ms at 100,000 instead of 75.
    index('todo_status').on(row.status, row.sortOrder, row.id),
    index('todo_parent').on(row.parentId, row.sortOrder, row.id),
    // The way up, for what a parent waits for: a cycle check takes a step here at each todo it comes by.
    index('todo_above')
      .on(row.id, row.parentId)
      .where(sql`parent_id IS NOT NULL`),
    index('todo_project').on(row.projectId, row.status, row.sortOrder, row.id),
    index('todo_sprint').on(row.sprintId, row.status, row.sortOrder, row.id),
    index('todo_session').on(row.sessionId, row.sortOrder, row.id),
    index('todo_artifact').on(row.artifactId, row.sortOrder, row.id),
    // A backlog in its order, and how much of it is open, without looking at the rows: a few ms at 50,000 instead of 150.
    index('todo_backlog')
      .on(row.projectId, row.sortOrder, row.id, row.status, row.sprintId, row.parentId)
      .where(sql`sprint_id IS NULL AND parent_id IS NULL`),
    index('todo_promoted')
      .on(row.promotedAt)
      .where(sql`promoted_at IS NOT NULL`),
    index('todo_assignee').on(row.assignee, row.status),
    index('todo_ready').on(row.status, row.gate, row.priorityRank, row.createdAt, row.id),
    index('todo_project_ready').on(
      row.projectId,
      row.status,
      row.gate,
      row.priorityRank,
      row.createdAt,
      row.id,
    ),
  ],
);

export const todoDependency = sqliteTable(
  'todo_dependency',
  {
    todoId: id<TodoId>()
      .notNull()
      .references(() => todo.id, { onDelete: 'cascade' }),
    dependsOnId: id<TodoId>()
      .notNull()
      .references(() => todo.id, { onDelete: 'cascade' }),
  },
  (row) => [
    primaryKey({ columns: [row.todoId, row.dependsOnId] }),
    index('todo_dependency_on').on(row.dependsOnId),
  ],
);
