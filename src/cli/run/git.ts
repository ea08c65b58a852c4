import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A repository so large that this is not enough is not looked at, rather than waited for. */
const patienceMs = 10_000;
const mostOutput = 16 * 1024 * 1024;

/** What git prints in a folder; undefined where there is no git, no repository, or no answer in time. */
export async function git(
  folder: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  try {
    // Never a program that the repository's own configuration names: an agent may have written it.
    const { stdout } = await run('git', ['-c', 'core.fsmonitor=false', ...words], {
      cwd: folder,
      env: { ...environment, GIT_OPTIONAL_LOCKS: '0' },
      timeout: patienceMs,
      maxBuffer: mostOutput,
      windowsHide: true,
    });
    return stdout;
  } catch {
    return undefined;
  }
}

/**
 * The folders that git writes when an agent commits in `folder`: in a worktree its own one and the common one, in
 * a submodule one within the repository around it. A folder that holds worktrees of several repositories has those
 * of all of them.
 */
export async function gitFolders(folder: string, environment: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const own = await foldersOf(folder, environment);
  if (own.length > 0) return own;
  const inside = await readdir(folder, { withFileTypes: true });
  const worktrees = inside.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
  const held = worktrees.filter((one) => existsSync(path.join(one, '.git')));
  return [...new Set((await Promise.all(held.map((one) => foldersOf(one, environment)))).flat())];
}

async function foldersOf(folder: string, environment: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const found = await git(folder, ['rev-parse', '--absolute-git-dir', '--git-common-dir'], environment);
  // Older versions of git give the common folder relative to where they were asked.
  const folders = (found ?? '').split('\n').filter((line) => line !== '');
  return [...new Set(folders.map((line) => path.resolve(folder, line)))];
}
