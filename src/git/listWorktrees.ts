import { ask, type Git } from './git.ts';

/** A worktree as git knows it; the repository's own folder is the first. */
export interface ListedWorktree {
  readonly path: string;
  readonly head: string | null;
  /** Null where a commit is checked out without a branch. */
  readonly branch: string | null;
  /** Its folder was deleted, moved, or was never finished. */
  readonly isGone: boolean;
  readonly isBare: boolean;
  readonly lock: string | null;
}

/** All worktrees of a repository, the main one first. */
export async function listWorktrees(git: Git, repository: string): Promise<readonly ListedWorktree[]> {
  return parseWorktrees(await ask(git, repository, ['worktree', 'list', '--porcelain', '-z']));
}

/** Reads `git worktree list --porcelain -z`: attributes end with NUL, a worktree with an empty one. */
export const parseWorktrees = (text: string): readonly ListedWorktree[] =>
  text
    .split('\0\0')
    .map((block) => block.split('\0').filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => {
      const value = (name: string): string | null => {
        const line = lines.find((one) => one === name || one.startsWith(`${name} `));
        return line === undefined ? null : line.slice(name.length + 1);
      };
      return {
        path: value('worktree') ?? '',
        head: value('HEAD'),
        branch: value('branch')?.replace(/^refs\/heads\//, '') ?? null,
        isGone: value('prunable') !== null,
        isBare: value('bare') !== null,
        lock: value('locked'),
      };
    });
