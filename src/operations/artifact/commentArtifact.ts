import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { comment, type Artifact, type Comment } from '../../domain/artifact/artifact.ts';
import { artifactId, commentId, type CommentId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { insertFresh } from '../insertFresh.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { versionAt } from './versionAt.ts';

const line = z.number().int().positive();

export interface NewComment {
  readonly body: string;
  readonly parent?: CommentId | undefined;
  readonly version?: number | undefined;
  readonly startLine?: number | undefined;
  readonly endLine?: number | undefined;
}

/** Writes a remark on a version of an artifact; a reply stands where its parent does. */
export function insertComment(context: OperationContext, artifact: Artifact, fields: NewComment): Comment {
  const { tables, caller, now } = context;
  const parent = fields.parent === undefined ? null : mustFind(tables.comment, 'comment', fields.parent);
  if (parent !== null && parent.artifactId !== artifact.id)
    refuseNow(
      'invalid',
      `Comment ${parent.id} is about another artifact.`,
      `Reply there, or leave the parent out.`,
    );
  return insertFresh(context, tables.comment, 'comment', {
    artifactId: artifact.id,
    projectId: artifact.projectId,
    sessionId: artifact.sessionId,
    // A thread is one level deep: a reply to a reply belongs to the same remark.
    parentId: parent === null ? null : (parent.parentId ?? parent.id),
    ...(parent === null ? anchor(context, artifact, fields) : anchorOf(parent)),
    body: fields.body,
    author: caller.name,
    resolvedBy: null,
    resolvedAt: null,
    createdAt: now,
  });
}

type Anchor = Pick<Comment, 'version' | 'startLine' | 'endLine'>;

const anchorOf = ({ version, startLine, endLine }: Comment): Anchor => ({ version, startLine, endLine });

function anchor(context: OperationContext, artifact: Artifact, fields: NewComment): Anchor {
  const { version, content } = versionAt(context, artifact, fields.version ?? artifact.version);
  const startLine = fields.startLine ?? null;
  const endLine = fields.endLine ?? startLine;
  if (endLine === null) return { version, startLine, endLine };
  const lines = content.split('\n').length;
  if (startLine === null || endLine < startLine || endLine > lines)
    refuseNow(
      'invalid',
      `Lines ${startLine ?? '?'} to ${endLine} are not a range of version ${version}, which has ${lines} lines.`,
      'Give startLine and endLine, counted from 1.',
    );
  return { version, startLine, endLine };
}

export const commentArtifact = defineOperation({
  id: 'artifact.comment',
  title: 'Comment on an artifact',
  summary:
    'Writes a remark on lines of one version of an artifact, on all of it, or in reply to another remark.',
  effect: 'write',
  permission: 'comment',
  surfaces: everySurface,
  positional: ['artifact', 'body'],
  input: z.object({
    artifact: artifactId,
    body: comment.shape.body.trim().min(1, 'must not be empty').describe('The remark'),
    version: z
      .number()
      .int()
      .positive()
      .optional()
      .describe('The version it is about; the newest when left out'),
    startLine: line.optional().describe('First line, from 1'),
    endLine: line.optional().describe('Last line; the first when left out'),
    parent: commentId.optional().describe('The remark that this replies to'),
  }),
  output: comment,
  run(context, input) {
    const found = mustFind(context.tables.artifact, 'artifact', input.artifact);
    return ok(insertComment(context, found, input));
  },
});

export const listComments = defineOperation({
  id: 'artifact.comments',
  title: 'List comments',
  summary:
    'Lists the remarks on an artifact, oldest first, each with the version and lines that it is about.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['artifact'],
  input: z.object({
    artifact: artifactId,
    version: z.number().int().positive().optional().describe('Only on this version'),
    open: z.boolean().optional().describe('Only remarks that are not resolved'),
    parent: commentId.optional().describe('Only replies to this one'),
    ...page,
  }),
  output: pageOf(comment),
  run({ tables }, input) {
    const { id } = mustFind(tables.artifact, 'artifact', input.artifact);
    const where = {
      artifactId: id,
      version: input.version,
      parentId: input.parent ?? (input.open === true ? null : undefined),
      resolvedAt: input.open === true ? null : undefined,
    };
    const list = tables.comment.list(where, input);
    return ok({ ...list, items: [...list.items] });
  },
});

const one = z.object({ comment: commentId });

/** The remark that begins the thread, because a whole thread is resolved or open. */
function firstOf({ tables }: OperationContext, id: CommentId): Comment {
  const found = mustFind(tables.comment, 'comment', id);
  return found.parentId === null ? found : mustFind(tables.comment, 'comment', found.parentId);
}

export const resolveComment = defineOperation({
  id: 'artifact.resolveComment',
  title: 'Resolve a comment',
  summary: 'Marks a remark, with its replies, as dealt with.',
  effect: 'write',
  permission: 'comment',
  surfaces: everySurface,
  positional: ['comment'],
  input: one,
  output: comment,
  run(context, input) {
    const found = firstOf(context, input.comment);
    if (found.resolvedAt !== null)
      refuseNow(
        'conflict',
        `Comment ${found.id} was resolved by ${found.resolvedBy ?? 'someone'} already.`,
        'Nothing is left to do.',
      );
    const resolved: Comment = { ...found, resolvedAt: context.now, resolvedBy: context.caller.name };
    context.tables.comment.update(resolved);
    return ok(resolved);
  },
});

export const reopenComment = defineOperation({
  id: 'artifact.reopenComment',
  title: 'Reopen a comment',
  summary: 'Opens a resolved remark again.',
  effect: 'write',
  permission: 'comment',
  surfaces: everySurface,
  positional: ['comment'],
  input: one,
  output: comment,
  run(context, input) {
    const found = firstOf(context, input.comment);
    if (found.resolvedAt === null)
      refuseNow('conflict', `Comment ${found.id} is open.`, 'Nothing is left to do.');
    const reopened: Comment = { ...found, resolvedAt: null, resolvedBy: null };
    context.tables.comment.update(reopened);
    return ok(reopened);
  },
});
