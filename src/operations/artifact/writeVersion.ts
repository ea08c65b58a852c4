import type { Artifact } from '../../domain/artifact/artifact.ts';
import { insertVersion } from './insertArtifact.ts';
import { moveArtifact } from './moveArtifact.ts';
import type { OperationContext } from '../operation.ts';

/** What a new version may change besides the content. */
export type VersionFields = Partial<Pick<Artifact, 'title' | 'language' | 'filepath' | 'metadata'>> & {
  readonly author?: string;
};

/**
 * Writes new content as the next version. A final artifact becomes a draft again, the only way it does; one in
 * review stays there, and an approval of the version before is refused from now on.
 */
export function writeVersion(
  context: OperationContext,
  artifact: Artifact,
  content: string,
  changeSummary: string,
  { author = context.caller.name, ...fields }: VersionFields = {},
): Artifact {
  const draft = artifact.stage === 'final' ? moveArtifact(context, artifact, 'draft') : artifact;
  const written: Artifact = {
    ...draft,
    ...fields,
    content,
    version: artifact.version + 1,
    updatedAt: context.now,
  };
  context.tables.artifact.update(written);
  insertVersion(context, written, changeSummary, author);
  return written;
}
