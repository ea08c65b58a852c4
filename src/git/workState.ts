import { readdir, lstat } from 'node:fs/promises';
import path from 'node:path';
import { excluding } from './agentGitSettings.ts';
import { commitOf, commitsMissing } from './branches.ts';
import { ask, type Git } from './git.ts';

/** What would be lost if a worktree and its branch were removed. */
export interface WorkState {
  /** Files with changes that no commit has. */
  readonly uncommitted: number;
  /** Commits that the base has not. */
  readonly unmerged: number;
}

/** Looks at a worktree; `base` is what its work is to end up in. */
export async function lookAtWork(git: Git, worktree: string, base: string): Promise<WorkState> {
  const files = await uncommittedFiles(git, worktree);
  const merged = await commitOf(git, worktree, base);
  const unmerged =
    merged === undefined
      ? Number(await ask(git, worktree, ['rev-list', '--count', 'HEAD', '--not', '--remotes']))
      : await commitsMissing(git, worktree, merged, 'HEAD');
  return { uncommitted: files.length, unmerged };
}

/** Paths with changes that no commit has, neither ignored ones nor what set-up put there among them. */
export async function uncommittedFiles(git: Git, worktree: string): Promise<readonly string[]> {
  const words = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all'];
  const status = await ask(git, worktree, [...excluding(worktree), ...words], {
    env: { GIT_OPTIONAL_LOCKS: '0' },
  });
  return status
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(3));
}

const longestMeasureMs = 20_000;

/** What a folder takes on disk, links not followed; null where it is too much to count in time. */
export async function folderSize(folder: string): Promise<number | null> {
  const deadline = Date.now() + longestMeasureMs;
  const waiting = [folder];
  let bytes = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Date.now() > deadline) return null;
    for (const entry of await entriesOf(next)) {
      const file = path.join(next, entry.name);
      if (entry.isDirectory()) waiting.push(file);
      else bytes += await sizeOf(file);
    }
  }
  return bytes;
}

/** What is deleted or closed while it is counted counts nothing. */
const ignoreGone = (error: unknown): void => {
  if (!['ENOENT', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
};

const entriesOf = (folder: string) =>
  readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    ignoreGone(error);
    return [];
  });

const sizeOf = (file: string): Promise<number> =>
  lstat(file).then(
    ({ blocks, size }) => (process.platform === 'win32' ? size : blocks * 512),
    (error: unknown) => {
      ignoreGone(error);
      return 0;
    },
  );
