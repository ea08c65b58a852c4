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
  tipOf(folder, branch) {
    const gitFolder = gitFolderOf(folder);
    if (gitFolder === null) return null;
    const common = commonFolder(gitFolder);
    if (existsSync(path.join(common, 'reftable'))) return 'unreadable';
    const ref = `refs/heads/${branch}`;
    const loose = textOf(path.join(common, ref))?.trim();
    if (loose !== undefined) return hash.test(loose) ? loose : 'unreadable';
    const packed = textOf(path.join(common, 'packed-refs')) ?? '';
    const line = packed.split('\n').find((one) => one.endsWith(` ${ref}`));
    return line?.split(' ')[0] ?? null;
  },
};

const hash = /^[0-9a-f]{40,64}$/;

/** A worktree's own folder names the one that all share, where branches are. */
function commonFolder(gitFolder: string): string {
  const named = textOf(path.join(gitFolder, 'commondir'))?.trim();
  return named === undefined ? gitFolder : path.resolve(gitFolder, named);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}

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
