import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import type { Artifact } from '../../domain/artifact/artifact.ts';
import { artifactId, todoId } from '../../domain/ids.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { artifactLine, toArtifactLine } from './artifactLine.ts';

export const deleteArtifacts = defineOperation({
  id: 'artifact.delete',
  title: 'Delete artifacts',
  summary:
    'Deletes artifacts with all versions and comments. Pages below them move up; todos made from them stay. dryRun only says so.',
  effect: 'destroy',
  permission: 'write',
  surfaces: everySurface,
  positional: ['artifacts'],
  input: z.object({
    artifacts: z.array(artifactId).min(1).max(200).describe('Artifact ids'),
    dryRun: z.boolean().default(false).describe('Only say what would be deleted'),
  }),
  output: z.object({
    dryRun: z.boolean(),
    deleted: z.array(artifactLine),
    versions: z.number().int(),
    comments: z.number().int(),
    movedUp: z.array(artifactLine).describe('Pages below them that stay'),
    detachedTodos: z.array(todoId).describe('Todos that lose their link to the plan they came from'),
  }),
  run(context, input) {
    const { tables } = context;
    const ids = [...new Set(input.artifacts)];
    const rows = ids.map((id) => mustFind(tables.artifact, 'artifact', id));
    for (const row of rows)
      if (row.projectId !== null && row.parentId === null && row.type === 'page')
        refuseNow(
          'conflict',
          `Artifact ${row.id} (${row.title}) is the root page of its project.`,
          'It goes with the project: sloop project delete.',
        );
    const movedUp = tables.artifact.all({ parentId: ids }).filter((row) => !ids.includes(row.id));
    const todos = tables.todo.all({ artifactId: ids });
    const outcome = {
      dryRun: input.dryRun,
      deleted: rows.map(toArtifactLine),
      versions: tables.version.count({ artifactId: ids }),
      comments: tables.comment.count({ artifactId: ids }),
      movedUp: movedUp.map(toArtifactLine),
      detachedTodos: todos.map((todo) => todo.id),
    };
    if (!input.dryRun) removeArtifacts(context, rows);
    return ok(outcome);
  },
});

/** Removes artifacts so that each link that is cut is an event: pages below move up, todos lose their plan. */
export function removeArtifacts(context: OperationContext, rows: readonly Artifact[]): void {
  const { tables, now } = context;
  const gone = new Map(rows.map((row) => [row.id, row]));
  const ids = [...gone.keys()];
  if (ids.length === 0) return;
  for (const page of tables.artifact.all({ parentId: ids })) {
    if (gone.has(page.id)) continue;
    let parentId = page.parentId;
    while (parentId !== null && gone.has(parentId)) parentId = gone.get(parentId)?.parentId ?? null;
    tables.artifact.update({ ...page, parentId, updatedAt: now });
  }
  for (const todo of tables.todo.all({ artifactId: ids }))
    tables.todo.update({ ...todo, artifactId: null, planPosition: null, updatedAt: now });
  for (const id of ids) tables.artifact.remove(id);
}
