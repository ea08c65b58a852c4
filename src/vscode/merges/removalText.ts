import { holds } from '../trees/looks/mergeLook.ts';
import { bytes, count } from '../trees/looks/words.ts';
import type { WorktreeRow } from '../trees/model/entity.ts';

type Line = Pick<WorktreeRow, 'agentName' | 'branch' | 'path' | 'uncommitted' | 'unmerged'>;

/** What the person is asked. A branch with commits that are merged nowhere stays in any case. */
export function removalText(rows: readonly Line[], sizeBytes: number) {
  const [only] = rows;
  const lost = rows.some(({ uncommitted }) => (uncommitted ?? 0) > 0);
  const force = rows.some((row) => holds(row) !== null);
  const lines = rows.map((row) => {
    const what = holds(row);
    return `• ${row.path}${what === null ? '' : `: ${what}`}`;
  });
  return {
    question:
      rows.length === 1 && only !== undefined
        ? `Remove the worktree of ${only.agentName}?`
        : `Remove ${count(rows.length, 'worktree')}?`,
    detail: [
      ...lines,
      '',
      `This frees ${bytes(sizeBytes)}.`,
      lost ? 'Changes that are not committed are lost.' : null,
      force ? 'Branches with commits that are merged nowhere stay.' : null,
    ]
      .filter((line) => line !== null)
      .join('\n'),
    action: lost ? 'Remove and Lose the Changes' : 'Remove',
    force,
  };
}
