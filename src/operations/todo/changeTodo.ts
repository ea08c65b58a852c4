import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { sprintId, todoId } from '../../domain/ids.ts';
import { todo as todoRow, type Todo } from '../../domain/todo/todo.ts';
import { given } from '../given.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { settle } from './blocking.ts';
import { refuseCycle } from './todoDependencies.ts';
import { todoFields } from './todoFields.ts';
import { todoLine, toTodoLine } from './todoLine.ts';

export const updateTodo = defineOperation({
  id: 'todo.update',
  title: 'Change a todo',
  summary:
    "Changes a todo's text, priority, criteria, estimates or feedback; its status has operations of its own.",
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  input: z.object({
    todo: todoId,
    ...z.object(todoFields).partial().shape,
    assignee: z.string().nullable().optional().describe('Whom it is meant for; claiming it is another thing'),
    actualHours: z.number().nonnegative().nullable().optional().describe('Hours it took'),
    feedbackQuality: todoRow.shape.feedbackQuality.optional().describe('1 to 5'),
    feedbackTimeliness: todoRow.shape.feedbackTimeliness.optional().describe('1 to 5'),
    feedbackNotes: z.string().nullable().optional().describe('What was good or not'),
  }),
  output: todoRow,
  run(context, { todo: id, ...fields }) {
    const todo = mustFind(context.tables.todo, 'todo', id);
    if (fields.assignee !== undefined && todo.status === 'in_progress')
      refuseNow(
        'conflict',
        `Todo ${id} is claimed by ${todo.assignee ?? 'someone'}.`,
        'Release it first: sloop todo release.',
      );
    const changed: Todo = { ...todo, ...given(fields), updatedAt: context.now };
    context.tables.todo.update(changed);
    return ok(changed);
  },
});

export const moveTodos = defineOperation({
  id: 'todo.move',
  title: 'Move todos',
  summary:
    'Reorders todos, puts them under another one, or into another sprint; subtodos follow their parent.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['todos'],
  input: z.object({
    todos: z.array(todoId).min(1).max(100),
    parent: todoId.nullable().optional().describe('New parent; null for the top'),
    sprint: sprintId.nullable().optional().describe('New sprint; null for the backlog'),
    before: todoId.optional().describe('Sibling to stand before; at the end when left out'),
  }),
  output: z.object({ todos: z.array(todoLine) }),
  run(context, input) {
    const { tables } = context;
    const rows = input.todos.map((id) => mustFind(tables.todo, 'todo', id));
    const parent = input.parent == null ? undefined : mustFind(tables.todo, 'todo', input.parent);
    const sprint = input.sprint == null ? undefined : mustFind(tables.sprint, 'sprint', input.sprint);
    for (const row of rows) {
      if (parent !== undefined && tables.todo.subtree(row.id).includes(parent.id))
        refuseNow(
          'conflict',
          `Todo ${parent.id} is ${row.id} itself or lies below it.`,
          'Choose a parent outside of it.',
        );
      const project = sprint?.projectId ?? parent?.projectId ?? row.projectId;
      if (project !== row.projectId)
        refuseNow(
          'conflict',
          `Todo ${row.id} belongs to another project.`,
          'Move todos within their project.',
        );
      const sprintId =
        input.sprint === undefined ? (parent === undefined ? row.sprintId : parent.sprintId) : input.sprint;
      const parentId = input.parent === undefined ? row.parentId : input.parent;
      if (parentId !== null && parentId !== row.parentId) refuseCycle(context, row.id, parentId);
      place(context, row, { parentId, sprintId });
      settle(context, row.id);
    }
    reorder(context, rows, input.before);
    return ok({ todos: rows.map((row) => toTodoLine(mustFind(tables.todo, 'todo', row.id))) });
  },
});

/** Puts one todo under its new parent and sprint; everything below it goes to the same sprint. */
function place({ tables, now }: OperationContext, row: Todo, to: Pick<Todo, 'parentId' | 'sprintId'>): void {
  if (row.parentId !== to.parentId) tables.todo.update({ ...row, parentId: to.parentId, updatedAt: now });
  if (row.sprintId === to.sprintId) return;
  for (const id of tables.todo.subtree(row.id)) {
    const below = mustFind(tables.todo, 'todo', id);
    tables.todo.update({ ...below, sprintId: to.sprintId, updatedAt: now });
  }
}

/** Gives the moved todos, and the siblings that come after them, sort orders at the end, in the new order. */
function reorder(
  { tables, now }: OperationContext,
  moved: readonly Todo[],
  before: Todo['id'] | undefined,
): void {
  const first = moved[0];
  if (first === undefined) return;
  const { parentId, sprintId, projectId } = mustFind(tables.todo, 'todo', first.id);
  const movedIds = new Set(moved.map((row) => row.id));
  const siblings = tables.todo.all({ parentId, sprintId, projectId }).filter((row) => !movedIds.has(row.id));
  const at = before === undefined ? siblings.length : siblings.findIndex((row) => row.id === before);
  if (at < 0)
    refuseNow(
      'invalid',
      `Todo ${before ?? ''} is not among the siblings there.`,
      'Name a todo with the same parent and sprint.',
    );
  const following = [...moved.map((row) => row.id), ...siblings.slice(at).map((row) => row.id)];
  let sortOrder = tables.todo.nextSortOrder();
  for (const id of following) {
    tables.todo.update({ ...mustFind(tables.todo, 'todo', id), sortOrder, updatedAt: now });
    sortOrder += 1;
  }
}
