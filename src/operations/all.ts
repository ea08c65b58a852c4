import { advance, blockLoop, dueLoops } from './loop/loopBookkeeping.ts';
import { approveLoop, pauseLoop, resumeLoop, stopLoop } from './loop/loopMoves.ts';
import { listDefinitions, listLoops, showLoop } from './loop/loopQueries.ts';
import { startLoop } from './loop/startLoop.ts';
import { finishStage } from './stage/finishStage.ts';
import { showStage } from './stage/showStage.ts';
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
  listDefinitions,
  startLoop,
  listLoops,
  showLoop,
  pauseLoop,
  resumeLoop,
  stopLoop,
  approveLoop,
  advance,
  blockLoop,
  dueLoops,
  finishStage,
  showStage,
] as const;
