import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import type { Artifact } from '../../domain/artifact/artifact.ts';
import { artifactId, type ArtifactId } from '../../domain/ids.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { artifactLine, toArtifactLine } from './artifactLine.ts';

export const moveArtifacts = defineOperation({
  id: 'artifact.move',
  title: 'Move pages',
  summary:
    'Puts artifacts below another page of the project, in the given order; what is below them follows.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['artifacts'],
  input: z.object({
    artifacts: z.array(artifactId).min(1).max(100).describe('Artifact ids'),
    parent: artifactId.optional().describe('New parent; where they are when left out'),
    before: artifactId.optional().describe('Sibling to stand before; at the end when left out'),
  }),
  output: z.object({ artifacts: z.array(artifactLine) }),
  run(context, input) {
    const { tables, now } = context;
    const rows = input.artifacts.map((id) => mustFind(tables.artifact, 'artifact', id));
    for (const row of rows) mustBeMovable(row);
    if (input.parent !== undefined) {
      const parent = mustFind(tables.artifact, 'artifact', input.parent);
      for (const row of rows) {
        mustFitBelow(context, row, parent);
        tables.artifact.update({ ...row, parentId: parent.id, updatedAt: now });
      }
    }
    reorder(context, rows, input.before);
    return ok({ artifacts: rows.map(({ id }) => toArtifactLine(mustFind(tables.artifact, 'artifact', id))) });
  },
});

function mustBeMovable(row: Artifact): void {
  if (row.projectId === null || row.parentId !== null) return;
  refuseNow(
    'conflict',
    `Artifact ${row.id} (${row.title}) is the root page of its project.`,
    'It stays above all others.',
  );
}

function mustFitBelow({ tables }: OperationContext, row: Artifact, parent: Artifact): void {
  if (parent.projectId !== row.projectId)
    refuseNow(
      'conflict',
      `Artifact ${parent.id} (${parent.title}) belongs to another project.`,
      'Choose a parent in the same project.',
    );
  for (let at: Artifact | undefined = parent; at !== undefined;) {
    if (at.id === row.id)
      refuseNow(
        'conflict',
        `Artifact ${parent.id} is ${row.id} itself or lies below it.`,
        'Choose a parent outside of it.',
      );
    at = at.parentId === null ? undefined : tables.artifact.find(at.parentId);
  }
}

/** Gives the moved pages, and the siblings that come after them, sort orders at the end, in the new order. */
function reorder(
  { tables, now }: OperationContext,
  moved: readonly Artifact[],
  before: ArtifactId | undefined,
): void {
  const movedIds = moved.map((row) => row.id);
  const following: ArtifactId[] = [];
  if (before !== undefined) {
    const sibling = mustFind(tables.artifact, 'artifact', before);
    const parents = new Set(movedIds.map((id) => tables.artifact.find(id)?.parentId));
    if (parents.size !== 1 || !parents.has(sibling.parentId) || movedIds.includes(before))
      refuseNow(
        'invalid',
        `Artifact ${before} is not a sibling of all that move.`,
        'Name another page with the same parent.',
      );
    const siblings = tables.artifact
      .all({ parentId: sibling.parentId, projectId: sibling.projectId })
      .map((row) => row.id)
      .filter((id) => !movedIds.includes(id));
    following.push(...siblings.slice(siblings.indexOf(before)));
  }
  let sortOrder = tables.artifact.nextSortOrder();
  for (const id of [...movedIds, ...following]) {
    tables.artifact.update({ ...mustFind(tables.artifact, 'artifact', id), sortOrder, updatedAt: now });
    sortOrder += 1;
  }
}
