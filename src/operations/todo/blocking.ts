import type { Todo } from '../../domain/todo/todo.ts';
import type { TodoId } from '../../domain/ids.ts';
import type { OperationContext } from '../operation.ts';
import { moveTodo } from './moveTodo.ts';

/** A todo that waits for others only; blocked by hand it carries a reason and stays as it is. */
const isBlockedByDependency = (todo: Todo): boolean =>
  todo.status === 'blocked' && todo.blockedReason === null;

/**
 * Sets or lifts the block that dependencies put on a todo and on all below it: a subtodo waits for what its parent
 * waits for. The system alone calls this, on every path.
 */
export function settle(context: OperationContext, id: TodoId): void {
  for (const below of context.tables.todo.subtree(id)) settleOne(context, below);
}

function settleOne(context: OperationContext, id: TodoId): void {
  const todo = context.tables.todo.find(id);
  if (todo === undefined || (todo.status !== 'pending' && !isBlockedByDependency(todo))) return;
  const waits = context.tables.todo.openDependencies(id).length > 0;
  if (waits && todo.status === 'pending') moveTodo(context, todo, 'blocked', { blockedReason: null });
  else if (!waits && todo.status === 'blocked') moveTodo(context, todo, 'pending');
}

/** Settles all that directly wait for this todo, after it was completed, cancelled, reopened or deleted. */
export function settleDependents(context: OperationContext, dependents: readonly TodoId[]): void {
  for (const dependent of dependents) settle(context, dependent);
}
