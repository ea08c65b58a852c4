import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { surfaces } from '../../domain/caller.ts';
import { event } from '../../domain/event/event.ts';
import { nouns } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { projectByRef } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';

export const listEvents = defineOperation({
  id: 'event.list',
  title: 'List events',
  summary: 'Lists what changed: who did it, when, from what to what, through which surface, in how many ms.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    noun: z.array(z.enum(nouns)).optional().describe('Only changes of these nouns'),
    entity: z.string().optional().describe('Only changes of the row with this id'),
    caller: z.string().optional().describe('Only changes by this agent, `person` or `engine`'),
    operation: z.string().optional().describe('Only changes by this operation'),
    surface: z.enum(surfaces).optional(),
    project: z.string().optional().describe('Project id or slug; all in reach when left out'),
    since: z.number().int().nonnegative().optional().describe('Only those after this sequence'),
    newestFirst: z.boolean().default(true),
    ...page,
  }),
  output: pageOf(event),
  run(context, input) {
    const { noun, caller, operation, surface, since, newestFirst, limit, after } = input;
    const list = context.tables.event.list(
      {
        noun,
        entityId: input.entity,
        caller,
        operation,
        surface,
        projectId: input.project === undefined ? undefined : projectByRef(context, input.project).id,
      },
      { limit, after, newestFirst, since },
    );
    return ok({ ...list, items: [...list.items] });
  },
});
