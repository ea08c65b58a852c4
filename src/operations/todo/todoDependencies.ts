import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { todoId, type TodoId } from '../../domain/ids.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { settle } from './blocking.ts';
import { todoLine, toTodoLine } from './todoLine.ts';

/** Records that one todo waits for another. A cycle is refused and named. */
export function addDependency({ tables }: OperationContext, id: TodoId, on: TodoId): void {
  const dependency = mustFind(tables.todo, 'todo', on);
  const todo = mustFind(tables.todo, 'todo', id);
  if (dependency.projectId !== todo.projectId)
    refuseNow(
      'conflict',
      `Todo ${on} belongs to another project.`,
      'Todos depend on todos of their own project.',
    );
  const lines = inOneLine({ tables }, id, on);
  if (lines !== null)
    refuseNow(
      'conflict',
      `${lines}: neither waits for the other.`,
      'Let it wait for a todo beside it, or move it out first: sloop todo move.',
    );
  refuseCycle({ tables }, id, on);
  tables.todo.dependencies.add(id, on);
}

/** Says which of two todos lies below the other; null where neither does. */
function inOneLine({ tables }: Pick<OperationContext, 'tables'>, id: TodoId, on: TodoId): string | null {
  if (id === on) return null;
  if (tables.todo.subtree(id).includes(on)) return `Todo ${on} lies below ${id}`;
  return tables.todo.subtree(on).includes(id) ? `Todo ${id} lies below ${on}` : null;
}

/** Whether `addDependency` would take it. */
export const canDepend = (context: Pick<OperationContext, 'tables'>, id: TodoId, on: TodoId): boolean =>
  id !== on && inOneLine(context, id, on) === null && context.tables.todo.dependencies.path(on, id) === null;

/** Refuses what would let a todo wait for itself; a subtodo waits for what its parent waits for. */
export function refuseCycle({ tables }: Pick<OperationContext, 'tables'>, id: TodoId, on: TodoId): void {
  const path = id === on ? [id] : tables.todo.dependencies.path(on, id);
  if (path !== null)
    refuseNow(
      'conflict',
      `That would be a cycle: ${[id, ...path].join(' waits for ')}.`,
      'Remove one of these dependencies first: sloop todo undepend.',
    );
}

const pair = z.object({
  todo: todoId.describe('The one that waits'),
  on: todoId.describe('The one it waits for'),
});

export const dependTodo = defineOperation({
  id: 'todo.depend',
  title: 'Add a dependency',
  summary: 'Makes a todo wait for another. A cycle is refused and named.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['todo', 'on'],
  input: pair,
  output: todoLine,
  run(context, input) {
    addDependency(context, input.todo, input.on);
    settle(context, input.todo);
    return ok(toTodoLine(mustFind(context.tables.todo, 'todo', input.todo)));
  },
});

export const undependTodo = defineOperation({
  id: 'todo.undepend',
  title: 'Remove a dependency',
  summary: 'A todo no longer waits for another.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['todo', 'on'],
  input: pair,
  output: todoLine,
  run(context, input) {
    const todo = mustFind(context.tables.todo, 'todo', input.todo);
    if (!context.tables.todo.dependencies.remove(todo.id, input.on))
      refuseNow(
        'missing',
        `Todo ${todo.id} does not wait for ${input.on}.`,
        `See what it waits for: sloop todo show ${todo.id}.`,
      );
    settle(context, todo.id);
    return ok(toTodoLine(mustFind(context.tables.todo, 'todo', todo.id)));
  },
});
