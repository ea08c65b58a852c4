import type { MergeLine, WorktreeLine } from '../../../src/protocol/agent.ts';
import { mark, type Mark } from '../../shared/mark.ts';
import { counted } from '../../shared/words.ts';

/** Where a worktree stands. */
export function worktreeMark({ status, uncommitted, unmerged }: WorktreeLine): Mark {
  switch (status) {
    case 'requested':
      return mark('loading', 'blue', 'Its worktree is being prepared.');
    case 'failed':
      return mark('error', 'red', 'Its worktree could not be made.');
    case 'removing':
      return mark('loading', 'blue', 'Its worktree is being removed.');
    case 'removed':
      return mark('trash', 'muted', 'Its worktree was removed.');
    case 'ready':
      return mark('folder-active', 'blue', 'It works in its own worktree.');
    case 'kept':
    case 'orphan': {
      const holds = [
        (uncommitted ?? 0) > 0 ? `${counted(uncommitted ?? 0, 'file')} not committed` : null,
        (unmerged ?? 0) > 0 ? `${counted(unmerged ?? 0, 'commit')} not merged` : null,
      ].filter((part) => part !== null);
      return mark(
        'folder',
        'yellow',
        `Its worktree is kept${holds.length === 0 ? '' : `: ${holds.join(', ')}`}.`,
      );
    }
  }
}

/** Where a merge of its work stands. */
export function mergeMark({ status, target }: Pick<MergeLine, 'status' | 'target'>): Mark {
  switch (status) {
    case 'waiting_approval':
      return mark('shield', 'yellow', `Its merge into ${target} waits for your approval.`);
    case 'queued':
      return mark('git-merge', 'blue', `Queued to be merged into ${target}.`);
    case 'merged':
      return mark('pass-filled', 'green', `Merged into ${target}.`);
    case 'conflict':
      return mark('warning', 'yellow', `In conflict with ${target}.`);
    case 'failed':
      return mark('error', 'red', `It could not be merged into ${target}.`);
    case 'cancelled':
      return mark('circle-slash', 'muted', `Its merge into ${target} was cancelled.`);
  }
}
