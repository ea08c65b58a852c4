import { todo } from '../../domain/todo/todo.ts';
import { cutTo } from '../cutTo.ts';

/** A todo as lists show it: what one needs to choose, not the whole row (agents' context is precious). */
export const todoLine = todo.pick({
  id: true,
  title: true,
  status: true,
  priority: true,
  kind: true,
  gate: true,
  parentId: true,
  sprintId: true,
  assignee: true,
  blockedReason: true,
});

export const toTodoLine = cutTo(todoLine);
