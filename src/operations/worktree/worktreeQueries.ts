import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { todoId, worktreeId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { presentWorktreeStatuses, worktree, worktreeStatuses } from '../../domain/worktree/worktree.ts';
import { agentByRef } from '../agent/agentByRef.ts';
import { chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { toWorktreeLine, worktreeLine } from './worktreeLine.ts';

export const listWorktrees = defineOperation({
  id: 'worktree.list',
  title: 'List worktrees',
  summary: 'Lists the git worktrees that Sloop made for agents, with what each holds and its size.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
    todo: todoId.optional(),
    agent: z.string().optional().describe('Name or id of an agent'),
    status: z.array(z.enum(worktreeStatuses)).optional().describe('Only these; those on disk when left out'),
    everywhere: z.boolean().default(false).describe('Of all projects, and what belongs to none'),
    ...page,
  }),
  output: pageOf(worktreeLine),
  run(context, input) {
    const project = input.everywhere ? null : chosenProject(context, input.project);
    const list = context.tables.worktree.list(
      {
        projectId: project ?? undefined,
        todoId: input.todo,
        agentId: input.agent === undefined ? undefined : agentByRef(context, input.agent).id,
        status: input.status ?? presentWorktreeStatuses,
      },
      input,
    );
    return ok({ ...list, items: list.items.map(toWorktreeLine) });
  },
});

export const showWorktree = defineOperation({
  id: 'worktree.show',
  title: 'Show a worktree',
  summary: 'Shows one worktree whole: repository, folder, branches, what it holds and its size.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['worktree'],
  input: z.object({ worktree: worktreeId }),
  output: worktree,
  run: ({ tables }, input) => ok(mustFind(tables.worktree, 'worktree', input.worktree)),
});

export const worktreeRows = defineOperation({
  id: 'worktree.rows',
  title: 'Rows of worktrees',
  summary: 'Lists the worktrees on disk as their view shows them.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({ worktrees: z.array(worktreeId).max(500).optional().describe('Only these'), ...page }),
  output: pageOf(worktree),
  run({ tables }, input) {
    if (input.worktrees !== undefined)
      return ok({
        items: input.worktrees.flatMap((id) => tables.worktree.find(id) ?? []),
        more: 0,
        next: null,
      });
    const list = tables.worktree.list({ status: presentWorktreeStatuses }, input);
    return ok({ ...list, items: [...list.items] });
  },
});
