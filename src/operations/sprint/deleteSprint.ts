import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { artifactId, sprintId, todoId } from '../../domain/ids.ts';
import { sprintName } from '../../domain/sprint/sprint.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { sprintLine, toSprintLine } from './sprintLine.ts';

export const deleteSprint = defineOperation({
  id: 'sprint.delete',
  title: 'Delete a sprint',
  summary:
    'Deletes a sprint. Its todos go back to the backlog and its artifacts stay; what waited for it no longer does. dryRun only says so.',
  effect: 'destroy',
  permission: 'write',
  surfaces: everySurface,
  positional: ['sprint'],
  input: z.object({
    sprint: sprintId,
    dryRun: z.boolean().default(false).describe('Only say what would be deleted'),
  }),
  output: z.object({
    dryRun: z.boolean(),
    sprint: sprintLine,
    backlog: z.array(todoId).describe('Todos that stay, without a sprint'),
    artifacts: z.array(artifactId).describe('Artifacts that stay, without a sprint'),
    released: z.array(sprintLine).describe('Sprints that waited for it'),
  }),
  run(context, input) {
    const { tables, now } = context;
    const found = mustFind(tables.sprint, 'sprint', input.sprint);
    const todos = tables.todo.all({ sprintId: found.id });
    const artifacts = tables.artifact.all({ sprintId: found.id });
    const released = tables.sprint.dependencies
      .dependents(found.id)
      .flatMap((id) => tables.sprint.find(id) ?? []);
    if (!input.dryRun) {
      const round = tables.iteration.all({ sprintId: found.id, status: ['pending', 'running'] })[0];
      if (round !== undefined)
        refuseNow(
          'conflict',
          `${sprintName(found)} is round ${round.number} of loop ${round.loopId}, which is under way.`,
          `Stop the loop first: sloop loop stop ${round.loopId}.`,
        );
      for (const todo of todos) tables.todo.update({ ...todo, sprintId: null, updatedAt: now });
      for (const artifact of artifacts)
        tables.artifact.update({ ...artifact, sprintId: null, updatedAt: now });
      for (const other of released) tables.sprint.dependencies.remove(other.id, found.id);
      tables.sprint.remove(found.id);
    }
    return ok({
      dryRun: input.dryRun,
      sprint: toSprintLine(found),
      backlog: todos.map((todo) => todo.id),
      artifacts: artifacts.map((artifact) => artifact.id),
      released: released.map(toSprintLine),
    });
  },
});
