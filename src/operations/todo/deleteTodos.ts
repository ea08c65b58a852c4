import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { todoId } from '../../domain/ids.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { settleDependents } from './blocking.ts';

export const deleteTodos = defineOperation({
  id: 'todo.delete',
  title: 'Delete todos',
  summary:
    'Deletes todos with all below them; what waited for them no longer does. dryRun only says what would go.',
  effect: 'destroy',
  permission: 'write',
  surfaces: everySurface,
  positional: ['todos'],
  input: z.object({
    todos: z.array(todoId).min(1).max(100),
    dryRun: z.boolean().default(false).describe('Only say what would be deleted'),
  }),
  output: z.object({ dryRun: z.boolean(), deleted: z.array(todoId), unblocked: z.array(todoId) }),
  run(context, input) {
    const { tables } = context;
    for (const id of input.todos) mustFind(tables.todo, 'todo', id);
    const deleted = [...new Set(input.todos.flatMap((id) => tables.todo.subtree(id)))];
    const gone = new Set(deleted);
    const dependents = [
      ...new Set(
        deleted.flatMap((id) => tables.todo.dependencies.dependents(id)).filter((id) => !gone.has(id)),
      ),
    ];
    if (!input.dryRun) {
      // Children first, so that each deletion is an event of its own and no cascade hides one.
      for (const id of deleted.toReversed()) tables.todo.remove(id);
      settleDependents(context, dependents);
    }
    return ok({ dryRun: input.dryRun, deleted, unblocked: dependents });
  },
});
