import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { expectOk } from '../base/result.ts';
import { ask, type Git } from './git.ts';
import { lstatOf, ownFolder } from './ownFolder.ts';

const fetchPatienceMs = 2 * 60_000;
const clonePatienceMs = 30 * 60_000;

/**
 * Clones a repository to `folder`, below `own`. It gets its name when it is whole, so a clone that is there is
 * whole; what an earlier host left of one is cleared away.
 */
export async function cloneRepository(
  git: Git,
  { url, folder, own }: { readonly url: string; readonly folder: string; readonly own: string },
): Promise<void> {
  const target = expectOk(await ownFolder(folder, own));
  if ((await lstatOf(target)) !== null) return;
  const part = expectOk(await ownFolder(`${folder}.part`, own));
  await rm(part, { recursive: true, force: true });
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  await ask(git, path.dirname(target), ['clone', '--quiet', '--', url, part], {
    patienceMs: clonePatienceMs,
    env: await quietSsh(git, path.dirname(target)),
  });
  await rename(part, target);
}

/**
 * Brings a repository's knowledge of its origin up to date; its branches and files stay as they are. `url` stands
 * in where it has no origin. Says what was wrong; null where all is well or there is nowhere to fetch from.
 */
export async function fetchRepository(
  git: Git,
  repository: string,
  url: string | null,
): Promise<{ readonly fetched: boolean; readonly problem: string | null }> {
  const { out } = await git(repository, ['remote']);
  const source = out.split('\n').includes('origin') ? 'origin' : url;
  if (source === null) return { fetched: false, problem: null };
  const what = source === 'origin' ? [] : ['+refs/heads/*:refs/remotes/origin/*'];
  const words = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];
  const answer = await git(repository, [...words, '--', source, ...what], {
    patienceMs: fetchPatienceMs,
    env: await quietSsh(git, repository),
  });
  return answer.code === 0
    ? { fetched: true, problem: null }
    : { fetched: false, problem: `It could not be fetched: ${answer.err}` };
}

/** An ssh that asks nothing. The user's own choice of program counts, the repository's does not. */
async function quietSsh(git: Git, folder: string): Promise<Readonly<Record<string, string>>> {
  const { code, out } = await git(folder, ['config', '--global', 'core.sshCommand']);
  return { GIT_SSH_COMMAND: `${code === 0 ? out.trim() : 'ssh'} -o BatchMode=yes` };
}
