import type { Stage } from '../../domain/loop/loop.ts';
import type { OperationContext } from '../operation.ts';

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
