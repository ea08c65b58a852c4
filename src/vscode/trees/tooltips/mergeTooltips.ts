import { commandIds } from '../../commandIds.ts';
import { holds } from '../looks/mergeLook.ts';
import { ago, bytes, plain } from '../looks/words.ts';
import type { AccountRow, MergeRow, WorktreeRow } from '../model/entity.ts';
import { escaped, lines, link, sheet } from './markdown.ts';

const mostFiles = 12;

/** Branches, why it waits, and the files in conflict. */
export function mergeTooltip(merge: MergeRow, now: number): string {
  const { files, reason, agentId, agentName, todoId, conflictTodoId } = merge;
  const beyond = files.length - mostFiles;
  return sheet(
    merge.title,
    reason === null ? null : escaped(reason),
    lines(
      `\`${merge.source}\` into \`${merge.target}\``,
      `${plain(merge.status)}, asked for ${ago(merge.createdAt, now)}`,
      ...files.slice(0, mostFiles).map((file) => `\`${file}\``),
      beyond > 0 ? `and ${beyond} more` : null,
      agentId === null ? null : link(`Work of ${agentName ?? 'an agent'}`, commandIds.openAgent, agentId),
      todoId === null ? null : link('Its todo', commandIds.reveal, 'todo', todoId),
      conflictTodoId === null
        ? null
        : link('The todo that resolves the conflict', commandIds.reveal, 'todo', conflictTodoId),
      escaped(merge.repositoryPath),
    ),
    `\`${merge.id}\``,
  );
}

/** What it holds, why it is kept, where it lies. */
export const worktreeTooltip = (worktree: WorktreeRow, now: number): string =>
  sheet(
    worktree.agentName,
    worktree.reason === null ? null : escaped(worktree.reason),
    lines(
      holds(worktree),
      worktree.sizeBytes === null ? null : bytes(worktree.sizeBytes),
      `\`${worktree.branch}\``,
      escaped(worktree.path),
      worktree.checkedAt === null
        ? 'Nobody has looked into it yet'
        : `looked at ${ago(worktree.checkedAt, now)}`,
      worktree.todoId === null ? null : link('Its todo', commandIds.reveal, 'todo', worktree.todoId),
    ),
    `\`${worktree.id}\``,
  );

/** How it is handed to agents. Credentials are in no tooltip: they are in no row. */
export const accountTooltip = ({
  provider,
  label,
  kind,
  variables,
  exhaustedReason,
  id,
}: AccountRow): string =>
  sheet(
    `${label} of ${provider}`,
    exhaustedReason === null ? null : escaped(exhaustedReason),
    kind === 'folder'
      ? 'A configuration folder of its own, in which you log in once.'
      : `Handed to agents in ${variables.map((name) => `\`${name}\``).join(', ')}.`,
    `\`${id}\``,
  );
