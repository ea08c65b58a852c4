import { ask, GitFailed, yesOrNo, type Git } from './git.ts';
import { listWorktrees } from './listWorktrees.ts';

/** For `update-ref`: the ref must not be there. */
const nothing = '';

const refOf = (branch: string): string => `refs/heads/${branch}`;

/** The commit that a ref names; undefined where there is none. */
export async function commitOf(git: Git, repository: string, ref: string): Promise<string | undefined> {
  const words = ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`];
  const answer = await git(repository, words);
  if (answer.code === 0) return answer.out.trim();
  // Anything else says nothing about the ref: no repository, no time.
  if (answer.code === 1) return undefined;
  throw new GitFailed(words, answer);
}

export const tipOf = (git: Git, repository: string, branch: string): Promise<string | undefined> =>
  commitOf(git, repository, refOf(branch));

/** Whether everything that led to `commit` led to `tip` too. */
export const contains = (git: Git, repository: string, tip: string, commit: string): Promise<boolean> =>
  yesOrNo(git, repository, ['merge-base', '--is-ancestor', commit, tip]);

/** How many commits of `source` are not in `target`. */
export async function commitsMissing(
  git: Git,
  repository: string,
  target: string,
  source: string,
): Promise<number> {
  return Number(await ask(git, repository, ['rev-list', '--count', `${target}..${source}`]));
}

/**
 * Moves a branch, if it still stands where it stood: false where somebody else moved it meanwhile. `from` null
 * makes the branch, where there is none. Never by force.
 */
export async function moveBranch(
  git: Git,
  repository: string,
  branch: string,
  { from, to, why }: { readonly from: string | null; readonly to: string; readonly why: string },
): Promise<boolean> {
  const words = ['update-ref', '--create-reflog', '-m', `sloop: ${why}`, refOf(branch), to, from ?? nothing];
  const answer = await git(repository, words);
  if (answer.code === 0) return true;
  // Git tells a moved ref and a broken one by the same exit code: the ref itself tells.
  const tip = await tipOf(git, repository, branch);
  if (tip !== (from ?? undefined)) return false;
  throw new Error(`Branch ${branch} could not be moved: ${answer.err}`);
}

/** Deletes a branch that still stands at `at`; false where it was moved or deleted meanwhile. */
export async function deleteBranch(
  git: Git,
  repository: string,
  branch: string,
  at: string,
): Promise<boolean> {
  return (await git(repository, ['update-ref', '-d', refOf(branch), at])).code === 0;
}

/** Branches of which each begins at the one before; the first is the repository's own. */
export type Line = readonly [base: string, ...made: string[]];

/**
 * The commit of the line's last branch. Those that are missing begin where the one before stands; the first has
 * to be there, here or as it was last fetched.
 */
export async function ensureLine(git: Git, repository: string, [base, ...made]: Line): Promise<string> {
  let tip = await newestOf(git, repository, base);
  if (tip === undefined) throw new Error(await missingText(git, repository, base));
  let before = base;
  for (const branch of made) {
    await moveBranch(git, repository, branch, { from: null, to: tip, why: `begin at ${before}` });
    const now = await tipOf(git, repository, branch);
    if (now === undefined) throw new Error(`Branch ${branch} was made in ${repository} and is not there.`);
    tip = now;
    before = branch;
  }
  return tip;
}

/** Where a branch stands, or where it was last fetched if that is further on. */
async function newestOf(git: Git, repository: string, branch: string): Promise<string | undefined> {
  const own = await tipOf(git, repository, branch);
  const fetched = await commitOf(git, repository, `refs/remotes/origin/${branch}`);
  if (own === undefined || fetched === undefined) return own ?? fetched;
  return (await contains(git, repository, fetched, own)) ? fetched : own;
}

async function missingText(git: Git, repository: string, branch: string): Promise<string> {
  const isEmpty = (await commitOf(git, repository, 'HEAD')) === undefined;
  return isEmpty
    ? `${repository} has no commit yet: make a first one.`
    : `There is no branch ${branch} in ${repository}: make it, or name another with sloop repository update --default-branch.`;
}

/** The folder in which a branch is checked out; undefined where it is in none. */
export async function checkedOutAt(
  git: Git,
  repository: string,
  branch: string,
): Promise<string | undefined> {
  const worktrees = await listWorktrees(git, repository);
  return worktrees.find((worktree) => worktree.branch === branch && !worktree.isGone)?.path;
}
