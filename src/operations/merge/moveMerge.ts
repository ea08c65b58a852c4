import { expectOk } from '../../base/result.ts';
import { checkMergeMove, type Merge, type MergeStatus } from '../../domain/merge/merge.ts';
import type { OperationContext } from '../operation.ts';

/** The one place that writes a merge's status; what was said of the status before no longer holds. */
export function moveMerge(
  { tables, now }: Pick<OperationContext, 'tables' | 'now'>,
  merge: Merge,
  to: MergeStatus,
  fields: Partial<Merge> = {},
): Merge {
  const status = expectOk(checkMergeMove(merge, to));
  const moved: Merge = {
    ...merge,
    reason: null,
    ...(status === 'conflict' ? {} : { files: [] }),
    endedAt: status === 'merged' || status === 'cancelled' ? now : null,
    ...fields,
    status,
    updatedAt: now,
  };
  tables.merge.update(moved);
  return moved;
}
