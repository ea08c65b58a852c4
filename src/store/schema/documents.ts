import {
  index,
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core';
import type { ArtifactId, CommentId, ProjectId, SessionId, VersionId } from '../../domain/ids.ts';
import { id, instant } from './columns.ts';
import { artifact } from './work.ts';

export const version = sqliteTable(
  'version',
  {
    id: id<VersionId>().primaryKey(),
    artifactId: id<ArtifactId>()
      .notNull()
      .references(() => artifact.id, { onDelete: 'cascade' }),
    projectId: id<ProjectId>(),
    sessionId: id<SessionId>(),
    version: integer().notNull(),
    content: text().notNull(),
    changeSummary: text().notNull(),
    author: text().notNull(),
    createdAt: instant().notNull(),
  },
  (row) => [uniqueIndex('version_of_artifact').on(row.artifactId, row.version)],
);

export const comment = sqliteTable(
  'comment',
  {
    id: id<CommentId>().primaryKey(),
    artifactId: id<ArtifactId>()
      .notNull()
      .references(() => artifact.id, { onDelete: 'cascade' }),
    projectId: id<ProjectId>(),
    sessionId: id<SessionId>(),
    parentId: id<CommentId>().references((): AnySQLiteColumn => comment.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    startLine: integer(),
    endLine: integer(),
    body: text().notNull(),
    author: text().notNull(),
    resolvedBy: text(),
    resolvedAt: instant(),
    createdAt: instant().notNull(),
  },
  (row) => [
    index('comment_artifact').on(row.artifactId, row.createdAt, row.id),
    index('comment_parent').on(row.parentId),
  ],
);
