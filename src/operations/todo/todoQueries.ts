import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { page, pageOf } from '../../domain/page.ts';
import { sessionId, sprintId, todoId } from '../../domain/ids.ts';
import {
  openTodoStatuses,
  priorities,
  todo,
  todoCategories,
  todoKinds,
  todoStatuses,
} from '../../domain/todo/todo.ts';
import { chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface } from '../operation.ts';
import { todoLine, toTodoLine } from './todoLine.ts';

const project = z.string().optional().describe('Project id or slug; the active project when left out');

export const listTodos = defineOperation({
  id: 'todo.list',
  title: 'List todos',
  summary: 'Lists todos in their order, open ones unless a status is named.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    project,
    sprint: sprintId.optional(),
    session: sessionId.optional(),
    parent: todoId.optional().describe('Only direct subtodos of this one'),
    status: z.array(z.enum(todoStatuses)).optional().describe('Only these statuses; open ones when left out'),
    priority: z.array(z.enum(priorities)).optional(),
    kind: z.array(z.enum(todoKinds)).optional(),
    category: z.array(z.enum(todoCategories)).optional(),
    assignee: z.string().optional().describe('Name of an agent, or `person`'),
    backlog: z.boolean().optional().describe('Only todos without a sprint'),
    top: z.boolean().optional().describe('Only todos without a parent'),
    all: z.boolean().optional().describe('Every status'),
    ...page,
  }),
  output: pageOf(todoLine),
  run(context, input) {
    const projectId = chosenProject(context, input.project);
    const list = context.tables.todo.list(
      {
        projectId: projectId ?? undefined,
        sprintId: input.backlog === true ? null : input.sprint,
        sessionId: input.session,
        parentId: input.top === true ? null : input.parent,
        status: input.status ?? (input.all === true ? undefined : openTodoStatuses),
        priority: input.priority,
        kind: input.kind,
        category: input.category,
        assignee: input.assignee,
      },
      input,
    );
    return ok({ ...list, items: list.items.map(toTodoLine) });
  },
});

export const showTodo = defineOperation({
  id: 'todo.show',
  title: 'Show a todo',
  summary: 'Shows one todo whole, with what it waits for, what waits for it and its subtodos.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({ todo: todoId }),
  output: todo.extend({
    dependencies: z.array(todoLine).describe('What it waits for'),
    dependents: z.array(todoLine).describe('What waits for it'),
    subtodos: z.array(todoLine).describe('The first 50 of its direct subtodos'),
    subtodoCount: z.number().int(),
  }),
  run({ tables }, input) {
    const found = mustFind(tables.todo, 'todo', input.todo);
    const lines = (ids: readonly (typeof found.id)[]) =>
      ids.flatMap((id) => tables.todo.find(id) ?? []).map(toTodoLine);
    const subtodos = tables.todo.list({ parentId: found.id }, { limit: 50 });
    return ok({
      ...found,
      dependencies: lines(tables.todo.dependencies.of(found.id)),
      dependents: lines(tables.todo.dependencies.dependents(found.id)),
      subtodos: subtodos.items.map(toTodoLine),
      subtodoCount: subtodos.items.length + subtodos.more,
    });
  },
});

export const readyTodos = defineOperation({
  id: 'todo.ready',
  title: 'List ready todos',
  summary:
    'Lists todos that an agent may take now: pending, nothing left to wait for; by priority, then age.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({ project, sprint: sprintId.optional(), ...page }),
  output: pageOf(todoLine),
  run(context, input) {
    const projectId = chosenProject(context, input.project);
    const list = context.tables.todo.ready(
      { projectId: projectId ?? undefined, sprintId: input.sprint },
      input,
    );
    return ok({ ...list, items: list.items.map(toTodoLine) });
  },
});

export const searchTodos = defineOperation({
  id: 'todo.search',
  title: 'Search todos',
  summary: 'Finds todos by words in their titles and descriptions, best match first.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['text'],
  input: z.object({
    text: z.string().trim().min(1, 'must not be empty').describe('Words; the last may be a beginning'),
    ...page,
  }),
  output: pageOf(todoLine),
  run({ tables }, input) {
    const list = tables.todo.search(input.text, input);
    return ok({ ...list, items: list.items.map(toTodoLine) });
  },
});
