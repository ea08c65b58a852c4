import { expectOk } from '../../base/result.ts';
import { checkArtifactMove, type Artifact, type ArtifactStage } from '../../domain/artifact/artifact.ts';
import type { OperationContext } from '../operation.ts';

/** The one place that writes an artifact's stage. */
export function moveArtifact(context: OperationContext, artifact: Artifact, to: ArtifactStage): Artifact {
  const stage = expectOk(checkArtifactMove(artifact, to));
  const moved: Artifact = { ...artifact, stage, updatedAt: context.now };
  context.tables.artifact.update(moved);
  return moved;
}
