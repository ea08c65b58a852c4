import { checkedOutAt, contains, moveBranch, tipOf } from './branches.ts';
import { ask, GitFailed, type Git } from './git.ts';
import { identity } from './identity.ts';

export interface MergeOrder {
  readonly repository: string;
  /** The commit that is merged. */
  readonly source: string;
  /** The branch that takes it in; it exists. */
  readonly target: string;
  readonly message: string;
}

export type MergeOutcome =
  /** The target has it, as of `tip`. `made`: by this merge; else it had it already. */
  | { readonly kind: 'merged'; readonly tip: string; readonly made: boolean }
  /** Both changed the same: nothing was done. */
  | { readonly kind: 'conflict'; readonly files: readonly string[] }
  /** Moving it would pull the ground from under somebody's working tree: nothing was done. */
  | { readonly kind: 'checked_out'; readonly at: string };

/** The target may be moved by others in between; so often it is merged anew. */
const mostTries = 5;

/**
 * Merges a commit into a branch without any working tree: the merged tree is written to the object store, and only
 * then the branch moves, if it still stands where it stood. Killed anywhere, it leaves the branch as it was or
 * merged; done again, it finds out which.
 */
export async function mergeBranches(git: Git, order: MergeOrder): Promise<MergeOutcome> {
  const { repository, source, target, message } = order;
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const tip = await tipOf(git, repository, target);
    if (tip === undefined) throw new Error(`There is no branch ${target} in ${repository}.`);
    if (await contains(git, repository, tip, source)) return { kind: 'merged', tip, made: false };
    const at = await checkedOutAt(git, repository, target);
    if (at !== undefined) return { kind: 'checked_out', at };
    const tried = await mergeTrees(git, repository, tip, source);
    if (tried.kind === 'conflict') return tried;
    const commit = await ask(
      git,
      repository,
      ['commit-tree', tried.tree, '-p', tip, '-p', source, '-F', '-'],
      { input: message, env: await identity(git, repository) },
    );
    const why = `merge ${message.split('\n')[0] ?? ''}`;
    if (await moveBranch(git, repository, target, { from: tip, to: commit, why }))
      return { kind: 'merged', tip: commit, made: true };
  }
  throw new Error(`Branch ${target} moved ${mostTries} times while it was merged into.`);
}

type Tried =
  | { readonly kind: 'clean'; readonly tree: string }
  | { readonly kind: 'conflict'; readonly files: readonly string[] };

async function mergeTrees(git: Git, repository: string, ours: string, theirs: string): Promise<Tried> {
  const words = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs];
  const answer = await git(repository, words);
  const [tree = '', ...files] = answer.out.split('\0').filter((part) => part !== '');
  if (answer.code === 0) return { kind: 'clean', tree };
  if (answer.code === 1) return { kind: 'conflict', files: [...new Set(files)].sort() };
  throw new GitFailed(words, answer);
}
