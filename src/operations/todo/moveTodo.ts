import { expectOk } from '../../base/result.ts';
import { checkTodoMove, type Todo, type TodoStatus } from '../../domain/todo/todo.ts';
import type { OperationContext } from '../operation.ts';

/** The one place that writes a todo's status. Stamps what follows from the move and clears what no longer holds. */
export function moveTodo(
  context: OperationContext,
  todo: Todo,
  to: TodoStatus,
  fields: Partial<Todo> = {},
): Todo {
  const status = expectOk(checkTodoMove(todo, to));
  const moved: Todo = {
    ...todo,
    blockedReason: null,
    completedAt: status === 'completed' ? context.now : null,
    completedBy: status === 'completed' ? context.caller.name : null,
    ...(status === 'pending' ? { assignee: null } : {}),
    ...fields,
    status,
    updatedAt: context.now,
  };
  context.tables.todo.update(moved);
  return moved;
}
