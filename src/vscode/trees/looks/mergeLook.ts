import { commandIds } from '../../commandIds.ts';
import type { MergeGroup, MergeRow, TreeRow, WorktreeRow } from '../model/entity.ts';
import { blue, facts, green, muted, red, yellow, type Icon, type Look } from './look.ts';
import { ago, bytes, count, firstLine, shortened } from './words.ts';

const groups: Readonly<Record<MergeGroup, readonly [name: string, icon: Icon]>> = {
  waiting_approval: ['Waits for Your Approval', { name: 'shield', color: yellow }],
  conflict: ['In Conflict', { name: 'warning', color: yellow }],
  failed: ['Failed', { name: 'error', color: red }],
  queued: ['Queued', { name: 'git-merge', color: blue }],
  merged: ['Merged Today', { name: 'pass-filled', color: green }],
  kept: ['Worktrees That Are Kept', { name: 'folder', color: muted }],
  orphan: ['Worktrees Without an Owner', { name: 'question', color: yellow }],
};

export function mergeGroupLook({ group, count: number }: Extract<TreeRow, { kind: 'mergeGroup' }>): Look {
  const [label, icon] = groups[group];
  return {
    label,
    description: String(number),
    icon,
    context: `mergeGroup.${group}`,
    spoken: `${label}, ${number}`,
  };
}

const icons: Readonly<Record<MergeRow['status'], Icon>> = {
  waiting_approval: { name: 'git-pull-request', color: yellow },
  queued: { name: 'git-merge', color: blue },
  conflict: { name: 'warning', color: yellow },
  failed: { name: 'error', color: red },
  merged: { name: 'pass-filled', color: green },
  cancelled: { name: 'circle-slash', color: muted },
};

const longestReason = 60;

export function mergeLook(merge: MergeRow, now: number): Look {
  const { title, status, target, agentName, conflictTodoId, todoId } = merge;
  const said = facts(`into ${target}`, mergeText(merge, now));
  const context = [
    `merge.${status}`,
    ...(conflictTodoId === null ? [] : ['todo']),
    ...(agentName === null ? [] : ['agent']),
  ].join('.');
  const whose = whoseChanges(merge);
  return {
    label: title,
    description: said,
    icon: icons[status],
    context,
    spoken: `Merge ${title}, ${status.replaceAll('_', ' ')}, ${said}`,
    ...(conflictTodoId !== null && status === 'conflict'
      ? { click: { command: commandIds.reveal, title: 'Show the Todo', arguments: ['todo', conflictTodoId] } }
      : whose === null
        ? todoId === null
          ? {}
          : { click: { command: commandIds.reveal, title: 'Show the Todo', arguments: ['todo', todoId] } }
        : { click: { command: commandIds.showChanges, title: 'Open the Changes', arguments: [whose] } }),
  };
}

/** Whose changes a merge brings, as the diff asks; null for a whole project's. */
export const whoseChanges = ({ todoId, sprintId, agentId, level }: MergeRow) =>
  level === 'todo' && todoId !== null
    ? { todo: todoId }
    : level === 'sprint' && sprintId !== null
      ? { sprint: sprintId }
      : agentId === null
        ? null
        : { agent: agentId };

function mergeText({ status, reason, files, agentName, endedAt }: MergeRow, now: number): string | null {
  switch (status) {
    case 'conflict':
      return count(files.length, 'file');
    case 'failed':
      return reason === null ? null : shortened(firstLine(reason), longestReason);
    case 'merged':
      return endedAt === null ? null : ago(endedAt, now);
    case 'queued':
      return reason === null ? agentName : shortened(firstLine(reason), longestReason);
    case 'waiting_approval':
    case 'cancelled':
      return agentName;
  }
}

/** A worktree in which nobody works: what it holds that is nowhere else, and its size. */
export function worktreeLook(worktree: WorktreeRow): Look {
  const { agentName, status, sizeBytes, branch } = worktree;
  const said = facts(holds(worktree) ?? emptyText(worktree), sizeBytes === null ? null : bytes(sizeBytes));
  const label = status === 'orphan' ? (worktree.path.split(/[\\/]/).at(-1) ?? agentName) : agentName;
  return {
    label,
    description: said,
    icon:
      status === 'failed'
        ? { name: 'error', color: red }
        : { name: 'folder', color: holds(worktree) === null ? muted : yellow },
    context: `worktree.${status}`,
    spoken: `Worktree of ${label}, branch ${branch}, ${said}`,
  };
}

const emptyText = ({ status, uncommitted, unmerged }: WorktreeRow): string =>
  status === 'failed'
    ? 'could not be made'
    : uncommitted === null || unmerged === null
      ? 'nobody has looked into it yet'
      : 'nothing unsaved';

/** What would be lost with it; null where nothing is, or nobody looked. */
export function holds({
  uncommitted,
  unmerged,
}: Pick<WorktreeRow, 'uncommitted' | 'unmerged'>): string | null {
  const parts = [
    (uncommitted ?? 0) > 0 ? `${count(uncommitted ?? 0, 'file')} not committed` : null,
    (unmerged ?? 0) > 0 ? `${count(unmerged ?? 0, 'commit')} not merged` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' and ');
}
