import { setTimeout as sleep } from 'node:timers/promises';
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

const mostTries = 6;
const pauseMs = 50;

/**
 * All worktrees of a repository, the main one first. Asked again when it fails: git reads the files of every worktree,
 * and stumbles over one that is removed at that moment ("failed to read …/commondir").
 */
export async function listWorktrees(git: Git, repository: string): Promise<readonly ListedWorktree[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return parseWorktrees(await ask(git, repository, ['worktree', 'list', '--porcelain', '-z']));
    } catch (error) {
      if (attempt === mostTries) throw error;
      await sleep(pauseMs * attempt);
    }
  }
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
