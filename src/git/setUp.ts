import { copyFile, mkdir, readlink, realpath, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Git } from './git.ts';
import { lstatOf } from './ownFolder.ts';

export interface SetUp {
  /** The user's own checkout: only read. */
  readonly repository: string;
  readonly worktree: string;
  /** Files of the checkout that a worktree needs and git does not carry, such as `.env`. */
  readonly copyFiles: readonly string[];
  /** Folders of the checkout that a worktree shares, such as `node_modules`. */
  readonly linkFolders: readonly string[];
}

export interface SetUpOutcome {
  /** What is in the worktree now and is no work, relative to its root. */
  readonly put: readonly string[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/**
 * Copies and links what a new worktree needs. What is absent in the checkout is left out, what git carries stays as
 * it is, and nothing is read or written through a link that leads out of either. Doing it again changes nothing.
 */
export async function setUpWorktree(git: Git, setUp: SetUp): Promise<SetUpOutcome> {
  const put: string[] = [];
  const notes: string[] = [];
  const each = [
    ...setUp.copyFiles.map((name) => ({ name, bring: copy })),
    ...setUp.linkFolders.map((name) => ({ name, bring: link })),
  ];
  for (const { name, bring } of each) {
    const relative = path.normalize(name).replace(/[\\/]+$/, '');
    const note = isInside(relative) ? await bring(git, setUp, relative) : 'it lies outside of the repository';
    if (note === null) put.push(relative.split(path.sep).join('/'));
    else if (note !== absent) notes.push(`${name} was left out: ${note}.`);
  }
  return { put, notes };
}

/** Nothing to say: what a checkout does not have, its worktrees do not need. */
const absent = Symbol('absent');
type Note = string | typeof absent | null;

const isInside = (relative: string): boolean =>
  relative !== '' &&
  relative !== '.' &&
  !path.isAbsolute(relative) &&
  !relative.split(path.sep).some((part) => part === '..' || part.toLowerCase() === '.git');

async function copy(git: Git, { repository, worktree }: SetUp, relative: string): Promise<Note> {
  const source = path.join(repository, relative);
  if ((await lstatOf(source)) === null) return absent;
  const found = await stat(source).catch(() => null);
  if (found === null) return 'it is a link to nothing';
  if (!found.isFile()) return 'it is no file; link it instead';
  if (!(await leadsInside(source, repository))) return 'it is a link out of the repository';
  if (await isTracked(git, worktree, relative)) return absent;
  const target = path.join(worktree, relative);
  const blocked = await makeWay(worktree, target);
  if (blocked !== null) return blocked;
  const there = await lstatOf(target);
  // Only a file of an earlier set-up is written anew; a link would be written through.
  if (there !== null && !there.isFile()) return 'something else has its name';
  await copyFile(source, target);
  return null;
}

async function link(git: Git, { repository, worktree }: SetUp, relative: string): Promise<Note> {
  const source = path.join(repository, relative);
  if ((await lstatOf(source)) === null) return absent;
  if (!((await stat(source).catch(() => null))?.isDirectory() ?? false)) return 'it is no folder';
  if (await isTracked(git, worktree, relative)) return 'git carries files in it';
  const target = path.join(worktree, relative);
  const blocked = await makeWay(worktree, target);
  if (blocked !== null) return blocked;
  const there = await lstatOf(target);
  if (there === null) {
    await symlink(source, target, process.platform === 'win32' ? 'junction' : 'dir');
    return null;
  }
  return there.isSymbolicLink() && (await readlink(target)) === source ? null : 'something else has its name';
}

const leadsInside = async (file: string, root: string): Promise<boolean> =>
  !path.relative(await realpath(root), await realpath(file)).startsWith('..');

const isTracked = async (git: Git, worktree: string, relative: string): Promise<boolean> => {
  const { code, out } = await git(worktree, ['--literal-pathspecs', 'ls-files', '-z', '--', relative]);
  return code === 0 && out !== '';
};

/** Makes the folders above a target. The repository may carry a link among them; it is not followed. */
async function makeWay(worktree: string, target: string): Promise<string | null> {
  const names = path.relative(worktree, path.dirname(target)).split(path.sep);
  let at = worktree;
  for (const name of names.filter((part) => part !== '')) {
    at = path.join(at, name);
    const found = await lstatOf(at);
    if (found === null) await mkdir(at);
    else if (!found.isDirectory()) return `${at} is no folder`;
  }
  return null;
}
