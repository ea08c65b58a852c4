import { sprintId, todoId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message/message.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import type { Recipient } from './recipient.ts';

/** Fields by which a message says what it is about. */
export const about = {
  todo: todoId.optional().describe('What it is about, where it is not clear'),
  sprint: sprintId.optional(),
};

/** What the input says it is about wins over what the recipient works on. */
export function aboutAlso(
  { tables }: OperationContext,
  recipient: Recipient,
  input: { readonly todo?: Message['todoId'] | undefined; readonly sprint?: Message['sprintId'] | undefined },
): Recipient {
  const todo = input.todo == null ? undefined : mustFind(tables.todo, 'todo', input.todo);
  const sprint = input.sprint == null ? undefined : mustFind(tables.sprint, 'sprint', input.sprint);
  return {
    ...recipient,
    todoId: todo?.id ?? recipient.todoId,
    sprintId: sprint?.id ?? todo?.sprintId ?? recipient.sprintId,
  };
}
