import { createTodos } from './todo/createTodos.ts';
import { moveTodos, updateTodo } from './todo/changeTodo.ts';
import { deleteTodos } from './todo/deleteTodos.ts';
import { dependTodo, undependTodo } from './todo/todoDependencies.ts';
import {
  approveTodos,
  blockTodo,
  cancelTodos,
  claimTodo,
  completeTodos,
  releaseTodo,
  reopenTodos,
} from './todo/todoMoves.ts';
import { listTodos, readyTodos, searchTodos, showTodo } from './todo/todoQueries.ts';

/** Every operation there is. Each surface is derived from this list. */
export const operations = [
  createTodos,
  listTodos,
  showTodo,
  updateTodo,
  claimTodo,
  releaseTodo,
  completeTodos,
  blockTodo,
  cancelTodos,
  reopenTodos,
  approveTodos,
  moveTodos,
  dependTodo,
  undependTodo,
  readyTodos,
  searchTodos,
  deleteTodos,
] as const;
