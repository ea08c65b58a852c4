import type { Artifact } from '../../domain/artifact/artifact.ts';
import type { Stage } from '../../domain/loop/loop.ts';
import type { OperationContext } from '../operation.ts';

/** Whether a running stage's gate waits for a person's word about this artifact. */
export const standsAtGate = ({ tables }: OperationContext, artifact: Artifact): boolean =>
  tables.stage
    .all({ artifactId: artifact.id, status: 'running' })
    .some((stage) => tables.loop.find(stage.loopId)?.frozen.roles[stage.position]?.gate === 'person');

/** What people wrote at a stage's artifact since it was asked to be reviewed, for the agent that reworks it. */
export function gateNotes({ tables }: OperationContext, stage: Stage): string | null {
  if (stage.artifactId === null) return null;
  const artifact = tables.artifact.find(stage.artifactId);
  if (artifact === undefined) return null;
  const open = tables.comment
    .all({ artifactId: artifact.id })
    .filter((comment) => comment.resolvedAt === null && comment.version === artifact.version)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  if (open.length === 0) return null;
  return open.map((comment) => `- ${lines(comment)}${comment.body}`).join('\n');
}

function lines({ startLine, endLine }: { startLine: number | null; endLine: number | null }): string {
  if (startLine === null) return '';
  return endLine === null || endLine === startLine
    ? `(line ${startLine}) `
    : `(lines ${startLine}–${endLine}) `;
}
