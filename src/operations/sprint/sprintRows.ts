import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { projectId, sprintId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { sprint, type Sprint } from '../../domain/sprint/sprint.ts';
import { cutTo } from '../cutTo.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { progressOf, sprintProgress } from './sprintProgress.ts';

const fields = sprint.pick({
  id: true,
  projectId: true,
  number: true,
  title: true,
  status: true,
  origin: true,
  reviewRound: true,
  maxReviewRounds: true,
  endDate: true,
});

/** A sprint as a tree shows it. */
const sprintRow = fields.extend({
  progress: sprintProgress,
  artifacts: z.number().int(),
  waitsFor: z.number().int().describe('How many sprints that are not complete it waits for'),
});

const cut = cutTo(fields);

function toRow(context: OperationContext, row: Sprint): z.input<typeof sprintRow> {
  const { tables } = context;
  const waits = tables.sprint.dependencies
    .of(row.id)
    .filter((id) => tables.sprint.find(id)?.status !== 'complete');
  return {
    ...cut(row),
    progress: progressOf(context, row.id),
    artifacts: tables.artifact.count({ sprintId: row.id }),
    waitsFor: waits.length,
  };
}

export const sprintRows = defineOperation({
  id: 'sprint.rows',
  title: 'Rows of sprints',
  summary:
    'Lists the sprints of a project by number, those of loops once they have todos, or those that are named.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({
    sprints: z.array(sprintId).max(500).optional().describe('Only these, of any project and origin'),
    project: projectId.optional().describe('Those of this project'),
    ...page,
  }),
  output: pageOf(sprintRow),
  run(context, input) {
    const { tables } = context;
    const list =
      input.sprints === undefined
        ? tables.sprint.list({ projectId: input.project }, input)
        : { items: input.sprints.flatMap((id) => tables.sprint.find(id) ?? []), more: 0, next: null };
    const rows = list.items.map((row) => toRow(context, row));
    // Most rounds have none, and then their sprint has nothing to show. `more` counts them all the same.
    const items =
      input.sprints === undefined
        ? rows.filter(({ origin, progress }) => origin === 'person' || progress.all > 0)
        : rows;
    return ok({ ...list, items });
  },
});
