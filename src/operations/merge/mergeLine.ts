import { merge } from '../../domain/merge/merge.ts';
import { cutTo } from '../cutTo.ts';

/** An entry of the merge queue as lists show it. */
export const mergeLine = merge.pick({
  id: true,
  level: true,
  status: true,
  title: true,
  source: true,
  target: true,
  reason: true,
  todoId: true,
  conflictTodoId: true,
  agentName: true,
  createdAt: true,
});

export const toMergeLine = cutTo(mergeLine);
