import { worktree } from '../../domain/worktree/worktree.ts';
import { cutTo } from '../cutTo.ts';

/** A worktree as lists show it. */
export const worktreeLine = worktree.pick({
  id: true,
  agentName: true,
  status: true,
  path: true,
  branch: true,
  baseBranch: true,
  todoId: true,
  reason: true,
  uncommitted: true,
  unmerged: true,
  sizeBytes: true,
});

export const toWorktreeLine = cutTo(worktreeLine);
