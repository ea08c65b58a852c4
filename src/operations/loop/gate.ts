import type { Artifact, Comment } from '../../domain/artifact/artifact.ts';
import type { Stage } from '../../domain/loop/loop.ts';
import type { OperationContext } from '../operation.ts';

/** Whether a running stage's gate waits for a person's word about this artifact. */
export const standsAtGate = ({ tables }: OperationContext, artifact: Artifact): boolean =>
  tables.stage
    .all({ artifactId: artifact.id, status: 'running' })
    .some((stage) => tables.loop.find(stage.loopId)?.frozen.roles[stage.position]?.gate === 'person');

/**
 * What people wrote at a stage's artifact, for the agent that reworks it: all about its newest version, and of
 * earlier ones the remarks on lines that nobody resolved. Earlier notes without lines were handed on when they came.
 */
export function gateNotes({ tables }: OperationContext, stage: Stage): string | null {
  if (stage.artifactId === null) return null;
  const artifact = tables.artifact.find(stage.artifactId);
  if (artifact === undefined) return null;
  const all = tables.comment
    .all({ artifactId: artifact.id })
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const open = all.filter(
    ({ parentId, resolvedAt, version, startLine }) =>
      parentId === null && resolvedAt === null && (version === artifact.version || startLine !== null),
  );
  if (open.length === 0) return null;
  const replies = (to: Comment) =>
    all.filter(({ parentId }) => parentId === to.id).map(({ author, body }) => `  - ${author}: ${body}`);
  return open
    .flatMap((first) => [`- ${place(first, artifact.version)}${first.body}`, ...replies(first)])
    .join('\n');
}

function place({ version, startLine, endLine }: Comment, newest: number): string {
  if (startLine === null) return '';
  const lines =
    endLine === null || endLine === startLine ? `line ${startLine}` : `lines ${startLine}–${endLine}`;
  return version === newest ? `(${lines}) ` : `(${lines} of version ${version}) `;
}
