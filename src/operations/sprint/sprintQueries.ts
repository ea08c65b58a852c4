import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { sprintId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { sprint, sprintMoves, sprintStatuses } from '../../domain/sprint/sprint.ts';
import { chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { sprintLine, toSprintLine } from './sprintLine.ts';
import { progressOf, sprintProgress } from './sprintProgress.ts';

export const listSprints = defineOperation({
  id: 'sprint.list',
  title: 'List sprints',
  summary: 'Lists sprints by number, with how many of their todos are done.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
    status: z.array(z.enum(sprintStatuses)).optional().describe('Only these statuses'),
    origin: sprint.shape.origin.optional().describe('Only those of a person, or of loops'),
    ...page,
  }),
  output: pageOf(sprintLine.extend({ progress: sprintProgress })),
  run(context, input) {
    const projectId = chosenProject(context, input.project);
    const where = { projectId: projectId ?? undefined, status: input.status, origin: input.origin };
    const list = context.tables.sprint.list(where, input);
    return ok({
      ...list,
      items: list.items.map((row) => ({ ...toSprintLine(row), progress: progressOf(context, row.id) })),
    });
  },
});

export const showSprint = defineOperation({
  id: 'sprint.show',
  title: 'Show a sprint',
  summary:
    'Shows a sprint with its progress, what it waits for, what waits for it, and the moves it can make.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['sprint'],
  input: z.object({ sprint: sprintId }),
  output: sprint.extend({
    progress: sprintProgress,
    dependencies: z.array(sprintLine).describe('Sprints that must be complete first'),
    dependents: z.array(sprintLine).describe('Sprints that wait for this one'),
    moves: z.array(z.enum(sprintStatuses)).describe('Statuses that it can become from here'),
  }),
  run(context, input) {
    const { tables } = context;
    const found = mustFind(tables.sprint, 'sprint', input.sprint);
    const lines = (ids: readonly (typeof found.id)[]) =>
      ids.flatMap((id) => tables.sprint.find(id) ?? []).map(toSprintLine);
    return ok({
      ...found,
      progress: progressOf(context, found.id),
      dependencies: lines(tables.sprint.dependencies.of(found.id)),
      dependents: lines(tables.sprint.dependencies.dependents(found.id)),
      moves: [...sprintMoves[found.status]],
    });
  },
});
