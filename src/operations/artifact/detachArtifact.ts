import type { Artifact } from '../../domain/artifact/artifact.ts';
import type { OperationContext } from '../operation.ts';

/**
 * Takes an artifact out of its project or session, which is going. Its versions and comments say themselves where
 * they belong (reach is looked up in one row), so they go with it.
 */
export function detachArtifact(
  { tables, now }: OperationContext,
  { id }: Pick<Artifact, 'id'>,
  from: 'project' | 'session',
): void {
  const artifact = tables.artifact.find(id);
  if (artifact === undefined) return;
  const without = from === 'project' ? { projectId: null } : { sessionId: null };
  const also = from === 'project' ? { sprintId: null } : {};
  tables.artifact.update({ ...artifact, ...without, ...also, updatedAt: now });
  for (const row of tables.version.all({ artifactId: id })) tables.version.update({ ...row, ...without });
  for (const row of tables.comment.all({ artifactId: id })) tables.comment.update({ ...row, ...without });
}
