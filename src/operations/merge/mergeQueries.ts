import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { mergeId, sprintId, todoId } from '../../domain/ids.ts';
import { merge, mergeLevels, mergeStatuses, openMergeStatuses } from '../../domain/merge/merge.ts';
import { instant } from '../../domain/instant.ts';
import { page, pageOf } from '../../domain/page.ts';
import { chosenProject, mustFind } from '../lookup.ts';
import { pageThrough } from '../pages.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { mergeLine, toMergeLine } from './mergeLine.ts';

export const listMerges = defineOperation({
  id: 'merge.list',
  title: 'List merges',
  summary: 'Lists the merge queue, oldest first; what is merged or cancelled only when asked for.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
    sprint: sprintId.optional(),
    todo: todoId.optional(),
    level: z.enum(mergeLevels).optional(),
    status: z.array(z.enum(mergeStatuses)).optional().describe('Only these; open ones when left out'),
    all: z.boolean().optional().describe('Every status'),
    ...page,
  }),
  output: pageOf(mergeLine),
  run(context, input) {
    const list = context.tables.merge.list(
      {
        projectId: chosenProject(context, input.project) ?? undefined,
        sprintId: input.sprint,
        todoId: input.todo,
        level: input.level,
        status: input.status ?? (input.all === true ? undefined : openMergeStatuses),
      },
      input,
    );
    return ok({ ...list, items: list.items.map(toMergeLine) });
  },
});

export const showMerge = defineOperation({
  id: 'merge.show',
  title: 'Show a merge',
  summary: 'Shows one entry of the merge queue whole: branches, files in conflict, what it waits for.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['merge'],
  input: z.object({ merge: mergeId }),
  output: merge,
  run: ({ tables }, input) => ok(mustFind(tables.merge, 'merge', input.merge)),
});

const ended = ['merged', 'cancelled'] as const;

export const mergeRows = defineOperation({
  id: 'merge.rows',
  title: 'Rows of merges',
  summary: 'Lists the merge queue as its view shows it: open entries, or those that ended.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({
    ended: z.boolean().default(false).describe('Those that were merged or cancelled'),
    since: instant.optional().describe('Of those that ended only the ones that did since then'),
    merges: z.array(mergeId).max(500).optional().describe('Only these'),
    ...page,
  }),
  output: pageOf(merge),
  run({ tables }, input) {
    if (input.merges !== undefined)
      return ok({ items: input.merges.flatMap((id) => tables.merge.find(id) ?? []), more: 0, next: null });
    const { since } = input;
    if (input.ended && since !== undefined) {
      const late = tables.merge
        .all({ status: ended })
        .filter(({ endedAt }) => endedAt !== null && endedAt >= since);
      const found = pageThrough(late, ({ id }) => id, input);
      return ok({ ...found, items: [...found.items] });
    }
    const list = tables.merge.list({ status: input.ended ? ended : openMergeStatuses }, input);
    return ok({ ...list, items: [...list.items] });
  },
});
