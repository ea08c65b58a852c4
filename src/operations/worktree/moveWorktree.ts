import { expectOk } from '../../base/result.ts';
import { checkWorktreeMove, type Worktree, type WorktreeStatus } from '../../domain/worktree/worktree.ts';
import type { OperationContext } from '../operation.ts';

/** The one place that writes a worktree's status. What was seen of it is forgotten when work in it goes on. */
export function moveWorktree(
  { tables, now }: Pick<OperationContext, 'tables' | 'now'>,
  worktree: Worktree,
  to: WorktreeStatus,
  fields: Partial<Worktree> = {},
): Worktree {
  const status = expectOk(checkWorktreeMove(worktree, to));
  const moved: Worktree = {
    ...worktree,
    reason: null,
    ...(status === 'removing' || status === 'removed' ? {} : unseen),
    removedAt: status === 'removed' ? now : null,
    ...fields,
    status,
    updatedAt: now,
  };
  tables.worktree.update(moved);
  return moved;
}

/** Nobody has looked since; the engine does where it matters. */
export const unseen = { uncommitted: null, unmerged: null, sizeBytes: null, checkedAt: null } as const;
