import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { projectId, sprintId, todoId } from '../../domain/ids.ts';
import { page, pageOf, type Page } from '../../domain/page.ts';
import { openTodoStatuses, priorities, todo, todoStatuses, type Todo } from '../../domain/todo/todo.ts';
import { cutTo } from '../cutTo.ts';
import { defineOperation, type OperationContext } from '../operation.ts';

const fields = todo.pick({
  id: true,
  title: true,
  status: true,
  priority: true,
  gate: true,
  parentId: true,
  projectId: true,
  sprintId: true,
  sortOrder: true,
  assignee: true,
  completedBy: true,
  blockedReason: true,
  deadline: true,
});

/** A todo as a tree shows it: more than a line, for people look at many of them at once. */
const todoRow = fields.extend({
  subtodos: z.object({ done: z.number().int(), all: z.number().int() }),
  waitsFor: z.number().int().describe('How many open todos it waits for'),
});

const cut = cutTo(fields);

function toRow({ tables }: OperationContext, row: Todo): z.input<typeof todoRow> {
  const count = (status?: Todo['status']) => tables.todo.count({ parentId: row.id, status });
  const below = count();
  return {
    ...cut(row),
    subtodos:
      below === 0 ? { done: 0, all: 0 } : { done: count('completed'), all: below - count('cancelled') },
    waitsFor: row.status === 'blocked' ? tables.todo.openDependencies(row.id).length : 0,
  };
}

const toRows = (context: OperationContext, list: Page<Todo>) => ({
  ...list,
  items: list.items.map((row) => toRow(context, row)),
});

export const todoRows = defineOperation({
  id: 'todo.rows',
  title: 'Rows of todos',
  summary: 'Lists the todos of one place in a tree, in their order, or those that are named and still there.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({
    todos: z.array(todoId).max(500).optional().describe('Only these, in any place'),
    parent: todoId.optional().describe('Directly below this todo'),
    sprint: sprintId.optional().describe('At the top of this sprint'),
    project: projectId
      .nullable()
      .optional()
      .describe('In the backlog of this project; null: those without a project'),
    open: z.boolean().default(false).describe('Only those that still ask for work'),
    ...page,
  }),
  output: pageOf(todoRow),
  run(context, input) {
    const { tables } = context;
    if (input.todos !== undefined) {
      const found = input.todos.flatMap((id) => tables.todo.find(id) ?? []);
      return ok(toRows(context, { items: found, more: 0, next: null }));
    }
    const status = input.open ? openTodoStatuses : undefined;
    if (input.parent !== undefined)
      return ok(toRows(context, tables.todo.list({ parentId: input.parent, status }, input)));
    const place =
      input.sprint === undefined
        ? { projectId: input.project ?? null, sprintId: null }
        : { sprintId: input.sprint };
    return ok(toRows(context, tables.todo.list({ ...place, parentId: null, status }, input)));
  },
});

/** Words are looked for by rank, so what else is asked of a todo is looked at after this many of the best. */
const mostHits = 500;

export const filterTodos = defineOperation({
  id: 'todo.filter',
  title: 'Filter todos',
  summary: 'Lists todos of every project and depth that match; by words it looks at the best 500 alone.',
  effect: 'read',
  permission: 'read',
  surfaces: ['view'],
  input: z.object({
    text: z.string().trim().min(1, 'must not be empty').optional().describe('Words in title or description'),
    status: z.array(z.enum(todoStatuses)).optional(),
    priority: z.array(z.enum(priorities)).optional(),
    assignee: z.string().optional().describe('Name of an agent, or `person`'),
    ...page,
  }),
  output: pageOf(todoRow),
  run(context, { text, status, priority, assignee, limit, after }) {
    const { tables } = context;
    if (text === undefined)
      return ok(toRows(context, tables.todo.list({ status, priority, assignee }, { limit, after })));
    const hits = tables.todo.search(text, { limit: mostHits });
    const items = hits.items.filter(
      (row) =>
        (status?.includes(row.status) ?? true) &&
        (priority?.includes(row.priority) ?? true) &&
        (assignee === undefined || row.assignee === assignee),
    );
    return ok(toRows(context, { items: items.slice(0, limit), more: hits.more, next: null }));
  },
});
