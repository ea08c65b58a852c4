import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { todoId } from '../../domain/ids.ts';
import { isOpen } from '../../domain/todo/todo.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation } from '../operation.ts';
import { todoLine, toTodoLine } from './todoLine.ts';

const input = z.object({ todo: todoId });
const byPerson = { effect: 'write', permission: 'person', surfaces: ['cli', 'palette'] } as const;

export const promoteTodo = defineOperation({
  id: 'todo.promote',
  title: 'Run a todo next',
  summary: 'Puts a todo before all others in dispatch, after those that were promoted before it.',
  ...byPerson,
  input,
  output: todoLine,
  run({ tables, now }, { todo: id }) {
    const todo = mustFind(tables.todo, 'todo', id);
    if (!isOpen(todo.status) || todo.status === 'in_progress')
      refuseNow('conflict', `Todo ${id} is ${todo.status}.`, 'Promote one that nobody works on yet.');
    const promoted = { ...todo, promotedAt: todo.promotedAt ?? now, updatedAt: now };
    tables.todo.update(promoted);
    return ok(toTodoLine(promoted));
  },
});

export const demoteTodo = defineOperation({
  id: 'todo.demote',
  title: 'Do not run a todo next',
  summary: 'Gives a promoted todo its usual place in dispatch again.',
  ...byPerson,
  input,
  output: todoLine,
  run({ tables, now }, { todo: id }) {
    const demoted = { ...mustFind(tables.todo, 'todo', id), promotedAt: null, updatedAt: now };
    tables.todo.update(demoted);
    return ok(toTodoLine(demoted));
  },
});
