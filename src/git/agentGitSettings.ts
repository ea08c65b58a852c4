import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expectOk } from '../base/result.ts';
import type { Git } from './git.ts';
import { ownFolder } from './ownFolder.ts';

/*
 * What set-up puts into a worktree (a copied .env, a linked node_modules) is no work and may be secret, also where
 * the repository does not ignore it: `node_modules/` in a .gitignore does not match a link. Git has no list of
 * ignored files for one worktree: info/exclude is shared with the user's own tree, and a configuration per worktree
 * has to be switched on in the user's repository. So nothing in the repository is touched. Each agent gets a file
 * of settings in place of the user's global ones, which includes those, and git finds it by a variable of the
 * agent's environment. Sloop's own calls name the list directly.
 */

const folderName = '.git-settings';

/** Whose settings hold in a worktree: that of the folder below `own` that it is, or lies in. */
export const settingsName = (own: string, worktree: string): string =>
  path.relative(own, worktree).split(path.sep)[0] ?? '';

const folderOf = (own: string, agent: string): string => path.join(own, folderName, agent);

/** What takes the place of the user's global git settings for an agent: the value of `GIT_CONFIG_GLOBAL`. */
export const agentGitConfig = (own: string, agent: string): string =>
  path.join(folderOf(own, agent), 'config');

/** What an agent's environment needs besides, where its working folder is (or holds) a worktree of Sloop's. */
export function worktreeVariables(workingFolder: string): Readonly<Record<string, string>> {
  const config = agentGitConfig(path.dirname(workingFolder), path.basename(workingFolder));
  return existsSync(config) ? { GIT_CONFIG_GLOBAL: config } : {};
}

/** Lists what set-up put into the agent's worktrees. */
const agentExcludes = (own: string, agent: string): string => path.join(folderOf(own, agent), 'excludes');

/** Git's option by which what set-up put into a worktree counts as ignored there. */
export function excluding(worktree: string): readonly string[] {
  const parent = path.dirname(worktree);
  const places = [worktree, parent].map((one) => agentExcludes(path.dirname(one), path.basename(one)));
  const list = places.find((file) => existsSync(file));
  return list === undefined ? [] : ['-c', `core.excludesFile=${list}`];
}

/** Writes both for an agent; `paths` are relative to the root of a worktree of its. */
export async function writeAgentGitSettings(
  git: Git,
  environment: NodeJS.ProcessEnv,
  { own, agent, paths }: { readonly own: string; readonly agent: string; readonly paths: readonly string[] },
): Promise<void> {
  const folder = expectOk(await ownFolder(folderOf(own, agent), own));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const excludes = agentExcludes(own, agent);
  const users = await usersExcludes(git, folder, environment);
  const lines = [...new Set([...(await linesOf(excludes)), ...users, ...paths.map(excludeLine)])];
  await writeFile(excludes, lines.map((line) => `${line}\n`).join(''));
  const includes = globalSettings(environment).map((file) => `[include]\n\tpath = ${quoted(file)}\n`);
  // The last setting wins, so ours comes after those that are included.
  const config = `${includes.join('')}[core]\n\texcludesFile = ${quoted(excludes)}\n`;
  await writeFile(agentGitConfig(own, agent), config, { mode: 0o600 });
}

/** Forgets an agent's settings, when its last worktree is gone. */
export async function removeAgentGitSettings(own: string, agent: string): Promise<void> {
  const folder = await ownFolder(folderOf(own, agent), own);
  if (folder.ok) await rm(folder.value, { recursive: true, force: true });
}

/** Whether a name in Sloop's folder of worktrees is that of an agent. */
export const isAgentFolder = (name: string): boolean => name !== folderName && !name.startsWith('.');

const globalSettings = (environment: NodeJS.ProcessEnv): readonly string[] => {
  const { GIT_CONFIG_GLOBAL: instead, XDG_CONFIG_HOME: xdg } = environment;
  if (instead !== undefined) return [instead];
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  const shared = xdg ?? (home === undefined ? undefined : path.join(home, '.config'));
  return [
    ...(shared === undefined ? [] : [path.join(shared, 'git', 'config')]),
    ...(home === undefined ? [] : [path.join(home, '.gitconfig')]),
  ];
};

/** The user's own list stays in force: ours takes its place, so it has to carry it on. */
async function usersExcludes(
  git: Git,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const { code, out } = await git(folder, ['config', '--global', '--type=path', 'core.excludesFile']);
  const [shared = ''] = globalSettings(environment);
  return linesOf(code === 0 ? out.trim() : path.join(path.dirname(shared), 'ignore'));
}

async function linesOf(file: string): Promise<readonly string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return [];
    throw error;
  }
}

const excludeLine = (relative: string): string => `/${relative.replace(/[*?[\]\\!# ]/g, '\\$&')}`;

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
