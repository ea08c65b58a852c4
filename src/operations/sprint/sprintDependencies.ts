import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { sprintId } from '../../domain/ids.ts';
import { sprintName, type Sprint } from '../../domain/sprint/sprint.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { sprintLine, toSprintLine } from './sprintLine.ts';

const pair = z.object({
  sprint: sprintId.describe('The one that waits'),
  on: sprintId.describe('The one it waits for'),
});
const withDependencies = sprintLine.extend({ dependencies: z.array(sprintLine) });

const shown = ({ tables }: OperationContext, sprint: Sprint) => ({
  ...toSprintLine(sprint),
  dependencies: tables.sprint.dependencies
    .of(sprint.id)
    .flatMap((id) => tables.sprint.find(id) ?? [])
    .map(toSprintLine),
});

export const dependSprint = defineOperation({
  id: 'sprint.depend',
  title: 'Add a dependency between sprints',
  summary: 'A sprint starts only when those it depends on are complete. A cycle is refused and named.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['sprint', 'on'],
  input: pair,
  output: withDependencies,
  run(context, input) {
    const { tables } = context;
    const sprint = mustFind(tables.sprint, 'sprint', input.sprint);
    const on = mustFind(tables.sprint, 'sprint', input.on);
    if (on.projectId !== sprint.projectId)
      refuseNow(
        'conflict',
        `${sprintName(on)} belongs to another project.`,
        'Sprints depend on sprints of their own project.',
      );
    const path = sprint.id === on.id ? [sprint.id] : tables.sprint.dependencies.path(on.id, sprint.id);
    if (path !== null) {
      const names = [sprint.id, ...path].map((id) => sprintName(mustFind(tables.sprint, 'sprint', id)));
      refuseNow(
        'conflict',
        `That would be a cycle: ${names.join(' waits for ')}.`,
        'Remove one of these dependencies first: sloop sprint undepend.',
      );
    }
    tables.sprint.dependencies.add(sprint.id, on.id);
    return ok(shown(context, sprint));
  },
});

export const undependSprint = defineOperation({
  id: 'sprint.undepend',
  title: 'Remove a dependency between sprints',
  summary: 'A sprint no longer waits for another.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['sprint', 'on'],
  input: pair,
  output: withDependencies,
  run(context, input) {
    const sprint = mustFind(context.tables.sprint, 'sprint', input.sprint);
    if (!context.tables.sprint.dependencies.remove(sprint.id, input.on))
      refuseNow(
        'missing',
        `${sprintName(sprint)} does not wait for ${input.on}.`,
        `See what it waits for: sloop sprint show ${sprint.id}.`,
      );
    return ok(shown(context, sprint));
  },
});
