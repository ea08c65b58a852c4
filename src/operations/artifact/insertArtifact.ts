import { refuseNow } from '../../base/result.ts';
import type { Artifact } from '../../domain/artifact/artifact.ts';
import type { ArtifactId, ProjectId } from '../../domain/ids.ts';
import { insertFresh } from '../insertFresh.ts';
import { callerSession, mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';

/** What a new artifact says of itself; what is left out is empty or the caller's. */
export type NewArtifact = Pick<Artifact, 'title' | 'type' | 'content'> &
  Partial<
    Pick<
      Artifact,
      | 'language'
      | 'filepath'
      | 'metadata'
      | 'sessionId'
      | 'projectId'
      | 'sprintId'
      | 'parentId'
      | 'persistent'
      | 'createdBy'
    >
  > & { readonly changeSummary?: string };

/**
 * Makes an artifact as a draft with its first version. Within a project it goes below the root page unless a
 * parent is named, so a project's artifacts are one tree.
 */
export function insertArtifact(context: OperationContext, fields: NewArtifact): Artifact {
  const { tables, caller, now } = context;
  const projectId = fields.projectId ?? null;
  const parent = parentOf(context, projectId, fields.parentId ?? null);
  const author = fields.createdBy ?? caller.name;
  const artifact = insertFresh(context, tables.artifact, 'artifact', {
    title: fields.title,
    type: fields.type,
    stage: 'draft',
    version: 1,
    content: fields.content,
    language: fields.language ?? null,
    filepath: fields.filepath ?? null,
    metadata: fields.metadata ?? {},
    sessionId: fields.sessionId === undefined ? callerSession(caller) : fields.sessionId,
    projectId,
    sprintId: fields.sprintId ?? null,
    parentId: parent,
    sortOrder: tables.artifact.nextSortOrder(),
    persistent: projectId !== null || (fields.persistent ?? false),
    createdBy: author,
    createdAt: now,
    updatedAt: now,
  });
  insertVersion(context, artifact, fields.changeSummary ?? 'First version', author);
  return artifact;
}

/** Keeps what the artifact's row says now as one version. Every write of content goes with one. */
export function insertVersion(
  context: OperationContext,
  artifact: Artifact,
  changeSummary: string,
  author: string = context.caller.name,
): void {
  insertFresh(context, context.tables.version, 'version', {
    artifactId: artifact.id,
    projectId: artifact.projectId,
    sessionId: artifact.sessionId,
    version: artifact.version,
    content: artifact.content,
    changeSummary,
    author,
    createdAt: context.now,
  });
}

/** A project's one page without a parent. */
export function rootPage({ tables }: OperationContext, project: ProjectId): Artifact | undefined {
  return tables.artifact.list({ projectId: project, parentId: null, type: 'page' }, { limit: 1 }).items[0];
}

function parentOf(
  context: OperationContext,
  project: ProjectId | null,
  parentId: ArtifactId | null,
): ArtifactId | null {
  if (parentId === null) return project === null ? null : (rootPage(context, project)?.id ?? null);
  const parent = mustFind(context.tables.artifact, 'artifact', parentId);
  if (parent.projectId !== project)
    refuseNow(
      'conflict',
      `Artifact ${parent.id} (${parent.title}) belongs to another project.`,
      'Choose a parent in the same project, or leave it out.',
    );
  return parent.id;
}
