import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type {
  AgentId,
  MergeId,
  ProjectId,
  RepositoryId,
  SessionId,
  SprintId,
  TodoId,
  WorktreeId,
} from '../../domain/ids.ts';
import { mergeLevels, mergeStatuses } from '../../domain/merge/merge.ts';
import { worktreeStatuses } from '../../domain/worktree/worktree.ts';
import { choice, id, instant, json } from './columns.ts';
import { agent } from './runs.ts';
import { project, repository, session, sprint, todo } from './work.ts';

/** To what a worktree or a merge belongs. It tells of a folder or a branch, and so outlives all of them. */
const belonging = () => ({
  projectId: id<ProjectId>().references(() => project.id, { onDelete: 'set null' }),
  sessionId: id<SessionId>().references(() => session.id, { onDelete: 'set null' }),
  sprintId: id<SprintId>().references(() => sprint.id, { onDelete: 'set null' }),
  todoId: id<TodoId>().references(() => todo.id, { onDelete: 'set null' }),
  agentId: id<AgentId>().references(() => agent.id, { onDelete: 'set null' }),
  repositoryId: id<RepositoryId>().references(() => repository.id, { onDelete: 'set null' }),
});

export const worktree = sqliteTable(
  'worktree',
  {
    id: id<WorktreeId>().primaryKey(),
    ...belonging(),
    agentName: text().notNull(),
    repositoryPath: text(),
    path: text().notNull(),
    branch: text().notNull(),
    baseBranch: text().notNull(),
    baseCommit: text(),
    status: choice(worktreeStatuses).notNull(),
    reason: text(),
    uncommitted: integer(),
    unmerged: integer(),
    sizeBytes: integer(),
    checkedAt: instant(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    removedAt: instant(),
  },
  (row) => [
    index('worktree_order').on(row.createdAt, row.id),
    index('worktree_status').on(row.status, row.createdAt, row.id),
    index('worktree_project').on(row.projectId, row.createdAt, row.id),
    index('worktree_session').on(row.sessionId),
    index('worktree_sprint').on(row.sprintId),
    index('worktree_todo').on(row.todoId),
    index('worktree_agent').on(row.agentId),
    index('worktree_repository').on(row.repositoryId),
    index('worktree_path').on(row.path),
  ],
);

export const merge = sqliteTable(
  'merge',
  {
    id: id<MergeId>().primaryKey(),
    ...belonging(),
    level: choice(mergeLevels).notNull(),
    agentName: text(),
    worktreeId: id<WorktreeId>().references(() => worktree.id, { onDelete: 'set null' }),
    repositoryPath: text().notNull(),
    source: text().notNull(),
    target: text().notNull(),
    title: text().notNull(),
    status: choice(mergeStatuses).notNull(),
    reason: text(),
    files: json<string[]>().notNull(),
    conflictTodoId: id<TodoId>().references(() => todo.id, { onDelete: 'set null' }),
    mergedCommit: text(),
    requestedBy: text().notNull(),
    approvedBy: text(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    endedAt: instant(),
  },
  (row) => [
    index('merge_order').on(row.createdAt, row.id),
    index('merge_status').on(row.status, row.createdAt, row.id),
    index('merge_project').on(row.projectId, row.createdAt, row.id),
    index('merge_session').on(row.sessionId),
    index('merge_sprint').on(row.sprintId),
    index('merge_todo').on(row.todoId),
    index('merge_conflict_todo').on(row.conflictTodoId),
    index('merge_agent').on(row.agentId),
    index('merge_worktree').on(row.worktreeId),
    index('merge_repository').on(row.repositoryId),
  ],
);
