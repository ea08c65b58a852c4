import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { RepositoryProbe } from '../domain/repository/repository.ts';

/**
 * Looks for a git repository at exactly this folder, by its `.git` alone: a few reads of small files, since
 * operations are synchronous and git itself is a process.
 */
export const gitProbe: RepositoryProbe = {
  inspect(folder) {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) return { kind: 'absent' };
    const gitFolder = gitFolderOf(folder);
    if (gitFolder === null) return { kind: 'not_git' };
    return { kind: 'found', root: realpathSync(folder), defaultBranch: headBranch(gitFolder) };
  },
};

/** The `.git` folder; in a worktree or submodule `.git` is a file that names it. */
function gitFolderOf(folder: string): string | null {
  const dotGit = path.join(folder, '.git');
  if (!existsSync(dotGit)) return null;
  if (statSync(dotGit).isDirectory()) return existsSync(path.join(dotGit, 'HEAD')) ? dotGit : null;
  const named = /^gitdir: (.+)$/m.exec(readFileSync(dotGit, 'utf8'))?.[1];
  if (named === undefined) return null;
  const target = path.resolve(folder, named.trim());
  return existsSync(path.join(target, 'HEAD')) ? target : null;
}

const headBranch = (gitFolder: string): string =>
  /^ref: refs\/heads\/(.+)$/m.exec(readFileSync(path.join(gitFolder, 'HEAD'), 'utf8'))?.[1]?.trim() ?? 'main';
