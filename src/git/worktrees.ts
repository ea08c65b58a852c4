import { mkdir, readdir, readFile, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { expectOk, ok, refuse, type Result } from '../base/result.ts';
import { checkedOutAt, ensureLine, type Line } from './branches.ts';
import { ask, GitFailed, type Git } from './git.ts';
import { listWorktrees, type ListedWorktree } from './listWorktrees.ts';
import { lstatOf, ownFolder, realPathOr } from './ownFolder.ts';

export interface WorktreePlace {
  readonly repository: string;
  /** Where it is to be, or is. */
  readonly path: string;
  /** The folder that holds all of Sloop's worktrees: nothing is made or deleted outside of it. */
  readonly own: string;
}

/** Copying the files of a large repository takes its time. */
const checkoutPatienceMs = 10 * 60_000;

/**
 * Makes the worktree of the line's last branch, and the branches that are missing. One that is there already is
 * taken as it is, with all that was done in it, also in the middle of a rebase; one that an earlier host left
 * half-made is made again. Says the commit at which the branch began, and whether the folder is new.
 */
export async function makeWorktree(
  git: Git,
  place: WorktreePlace,
  line: Line,
): Promise<{ readonly began: string; readonly isNew: boolean }> {
  const branch = line.at(-1) ?? '';
  const folder = expectOk(await ownFolder(place.path, place.own));
  const tip = await ensureLine(git, place.repository, line);
  const found = await findWorktree(git, place.repository, folder);
  if (found === undefined) await mustBeFree(folder);
  else if (isHalfMade(found)) await unregister(git, place.repository, folder);
  else if (await isStanding(git, place))
    return { began: await beginOf(git, place.repository, line, tip), isNew: false };
  else throw new Error(`${folder} is no worktree of ${place.repository} any more: move it away.`);
  await mustBeUnused(git, place.repository, branch);
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  await ask(git, place.repository, ['worktree', 'add', '--quiet', folder, branch], {
    patienceMs: checkoutPatienceMs,
  });
  return { began: await beginOf(git, place.repository, line, tip), isNew: true };
}

async function beginOf(git: Git, repository: string, line: Line, tip: string): Promise<string> {
  const base = line.at(-2);
  if (base === undefined) return tip;
  const { code, out } = await git(repository, [
    'merge-base',
    tip,
    await ensureLine(git, repository, before(line)),
  ]);
  return code === 0 ? out.trim() : tip;
}

const before = (line: Line): Line => line.slice(0, -1) as unknown as Line;

/** Git locks a worktree while it makes it, and unlocks it as its last step. */
const isHalfMade = ({ isGone, lock }: ListedWorktree): boolean => isGone || lock === 'initializing';

/** The repository's worktree at this folder, as git knows it. */
export async function findWorktree(
  git: Git,
  repository: string,
  folder: string,
): Promise<ListedWorktree | undefined> {
  const real = await realPathOr(folder);
  for (const listed of await listWorktrees(git, repository))
    if ((await realPathOr(listed.path)) === real) return listed;
  return undefined;
}

/**
 * Whether a folder is what its row says: Sloop's own, and a worktree of this repository, by git's record and by what
 * the folder itself leads to. Whoever worked in it may have put a link there, or another `.git`: then git's commands
 * would change the user's own checkout.
 */
export async function isStanding(
  git: Git,
  { repository, path: folder, own }: WorktreePlace,
): Promise<boolean> {
  const real = await ownFolder(folder, own);
  if (!real.ok || (await findWorktree(git, repository, real.value)) === undefined) return false;
  const asked = ['rev-parse', '--path-format=absolute', '--git-common-dir'];
  const common = await git(repository, asked);
  const inside = await git(real.value, ['rev-parse', '--absolute-git-dir']);
  if (common.code !== 0 || inside.code !== 0) return false;
  const record = await realPathOr(inside.out.trim());
  const records = path.join(await realPathOr(common.out.trim()), 'worktrees');
  return path.dirname(record) === records && (await pointsBack(record, real.value));
}

async function pointsBack(record: string, folder: string): Promise<boolean> {
  const named = await readFile(path.join(record, 'gitdir'), 'utf8').catch(() => '');
  return path.resolve(record, named.trim()) === path.join(folder, '.git');
}

async function mustBeFree(folder: string): Promise<void> {
  if ((await lstatOf(folder)) === null || (await readdir(folder)).length === 0) return;
  throw new Error(`Something else is in ${folder}: look at it, and move it away.`);
}

async function mustBeUnused(git: Git, repository: string, branch: string): Promise<void> {
  const at = await checkedOutAt(git, repository, branch);
  if (at !== undefined)
    throw new Error(`Branch ${branch} is checked out in ${at}: check another one out there, then try again.`);
}

/**
 * Removes a worktree and git's record of it. Only git itself deletes files here, and only of a folder that is
 * Sloop's own and a registered worktree of this repository. Whether something in it would be lost is asked before.
 */
export async function removeWorktree(git: Git, place: WorktreePlace): Promise<Result<null>> {
  const own = await ownFolder(place.path, place.own);
  if (!own.ok) return own;
  const found = await findWorktree(git, place.repository, own.value);
  if (found === undefined) {
    if ((await lstatOf(own.value)) === null) return ok(null);
    return refuse(
      'conflict',
      `${own.value} is no worktree of ${place.repository}.`,
      'Look at it, and delete it yourself.',
    );
  }
  await unregister(git, place.repository, own.value);
  await removeEmpty(path.dirname(own.value), place.own);
  return ok(null);
}

/** Twice forced: also one with changes, and one that git still holds locked as half-made. */
async function unregister(git: Git, repository: string, folder: string): Promise<void> {
  const words = ['worktree', 'remove', '--force', '--force', folder];
  const answer = await git(repository, words, { patienceMs: checkoutPatienceMs });
  if (answer.code === 0) return;
  // Its `.git` was never written or was deleted: git neither removes nor forgets such a one.
  if ((await findWorktree(git, repository, folder)) === undefined) return;
  throw new GitFailed(words, answer);
}

/** The folder that held the worktrees of an agent goes with the last of them. */
async function removeEmpty(folder: string, own: string): Promise<void> {
  if (!(await ownFolder(folder, own)).ok) return;
  try {
    await rmdir(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
