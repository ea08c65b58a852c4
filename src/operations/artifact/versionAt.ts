import { refuseNow } from '../../base/result.ts';
import type { Artifact, Version } from '../../domain/artifact/artifact.ts';
import type { OperationContext } from '../operation.ts';

/** One version of an artifact as it was written, or a refusal that says which there are. */
export function versionAt({ tables }: OperationContext, artifact: Artifact, version: number): Version {
  const found = tables.version.list({ artifactId: artifact.id, version }, { limit: 1 }).items[0];
  return (
    found ??
    refuseNow(
      'missing',
      `Artifact ${artifact.id} has no version ${version}; the newest is ${artifact.version}.`,
      `See them: sloop artifact versions ${artifact.id}.`,
    )
  );
}
