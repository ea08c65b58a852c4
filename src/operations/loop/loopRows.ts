import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { artifactId, loopId } from '../../domain/ids.ts';
import { loop, type Loop } from '../../domain/loop/loop.ts';
import { page, pageOf, type PageRequest } from '../../domain/page.ts';
import { cutTo } from '../cutTo.ts';
import { defineOperation, type OperationContext } from '../operation.ts';
import { chainPages } from '../pages.ts';
import { standsAtGate } from './gate.ts';

const fields = loop.pick({
  id: true,
  definition: true,
  goal: true,
  status: true,
  outcome: true,
  blockReason: true,
  failure: true,
  round: true,
  maxIterations: true,
  projectId: true,
  startedAt: true,
  completedAt: true,
});

/** A loop as a tree shows it. */
const loopRow = fields.extend({
  inReview: artifactId
    .nullable()
    .describe('The artifact that a person has to decide about before it goes on'),
});

const cut = cutTo(fields);

/** Ahead stand those that wait for a person, then what runs; the rest by age. */
const groups = [['blocked'], ['running'], ['paused'], ['completed', 'failed', 'cancelled']] as const;

const toRow = (context: OperationContext, row: Loop): z.input<typeof loopRow> => ({
  ...cut(row),
  inReview: row.status === 'blocked' ? reviewOf(context, row) : null,
});

function reviewOf(context: OperationContext, { id }: Loop) {
  const { tables } = context;
  for (const { artifactId: output } of tables.stage.all({ loopId: id, status: 'running' })) {
    const found = output === null ? undefined : tables.artifact.find(output);
    if (found?.stage === 'review' && standsAtGate(context, found)) return found.id;
  }
  return null;
}

export const loopRows = defineOperation({
  id: 'loop.rows',
  title: 'Rows of loops',
  summary: 'Lists loops of every project: those that wait for a person, that run, that are paused, the rest.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({ loops: z.array(loopId).max(500).optional().describe('Only these'), ...page }),
  output: pageOf(loopRow),
  run(context, input) {
    const { tables } = context;
    const list =
      input.loops === undefined
        ? chainPages(
            groups.map((status) => ({
              name: status[0],
              page: (request: PageRequest) => tables.loop.list({ status }, request),
            })),
            input,
          )
        : { items: input.loops.flatMap((id) => tables.loop.find(id) ?? []), more: 0, next: null };
    return ok({ ...list, items: list.items.map((row) => toRow(context, row)) });
  },
});
