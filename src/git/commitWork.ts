import { stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { ok, refuse, type Result } from '../base/result.ts';
import { contains, moveBranch, tipOf } from './branches.ts';
import { excluding } from './agentGitSettings.ts';
import { ask, yesOrNo, type Git } from './git.ts';
import { identity } from './identity.ts';
import { uncommittedFiles } from './workState.ts';

export interface Work {
  readonly worktree: string;
  readonly branch: string;
}

/** A process that is gone cannot let go of it; one that lives holds it for less. */
const staleLockMs = 10_000;

/**
 * Brings all that was done in a worktree onto its branch: what is uncommitted is committed, and commits made
 * without the branch move it forward. `message` null: nothing is committed for the agent, so changes are refused.
 * Nobody may work in the worktree meanwhile. The value is the branch's commit.
 */
export async function commitWork(git: Git, work: Work, message: string | null): Promise<Result<string>> {
  const { worktree, branch } = work;
  const unresolved = await unresolvedFiles(git, worktree);
  if (unresolved.length > 0)
    return refuse(
      'conflict',
      `A merge is unfinished in ${worktree}: ${unresolved.join(', ')}.`,
      'Resolve and commit it there, then retry.',
    );
  if ((await uncommittedFiles(git, worktree)).length > 0) {
    if (message === null)
      return refuse(
        'conflict',
        `There are uncommitted changes in ${worktree}, and Sloop is set not to commit.`,
        'Commit or drop them there, then retry.',
      );
    await commitAll(git, worktree, message);
  }
  return bringToBranch(git, worktree, branch);
}

async function commitAll(git: Git, worktree: string, message: string): Promise<void> {
  await removeStaleLock(git, worktree);
  await ask(git, worktree, [...excluding(worktree), 'add', '--all']);
  if (
    !(await yesOrNo(git, worktree, ['diff', '--cached', '--quiet', '--no-ext-diff'])) ||
    (await isMerging(git, worktree))
  )
    await ask(
      git,
      worktree,
      ['commit', '--quiet', '--no-verify', '--allow-empty', '--cleanup=whitespace', '-F', '-'],
      {
        input: message,
        env: await identity(git, worktree),
      },
    );
}

const unresolvedFiles = async (git: Git, worktree: string): Promise<readonly string[]> => {
  const listed = await ask(git, worktree, ['diff', '--name-only', '--no-ext-diff', '--diff-filter=U', '-z']);
  return [...new Set(listed.split('\0').filter((name) => name !== ''))];
};

const isMerging = async (git: Git, worktree: string): Promise<boolean> =>
  (await git(worktree, ['rev-parse', '--verify', '--quiet', 'MERGE_HEAD'])).code === 0;

/** An agent that was killed while it wrote the index leaves the lock behind, and every later commit fails. */
async function removeStaleLock(git: Git, worktree: string): Promise<void> {
  const lock = path.join(await ask(git, worktree, ['rev-parse', '--absolute-git-dir']), 'index.lock');
  try {
    if (Date.now() - (await stat(lock)).mtimeMs > staleLockMs) await unlink(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** An agent may have worked on no branch or on one of its own; where that only goes further, the branch follows. */
async function bringToBranch(git: Git, worktree: string, branch: string): Promise<Result<string>> {
  const head = await ask(git, worktree, ['rev-parse', '--verify', 'HEAD^{commit}']);
  const tip = await tipOf(git, worktree, branch);
  if (tip === undefined)
    return refuse(
      'conflict',
      `Branch ${branch} is gone.`,
      `Make it again (git branch ${branch} COMMIT) and retry, or cancel this merge.`,
    );
  if (head === tip || (await contains(git, worktree, tip, head))) return ok(tip);
  if (
    (await contains(git, worktree, head, tip)) &&
    (await moveBranch(git, worktree, branch, { from: tip, to: head, why: 'follow the worktree' }))
  )
    return ok(head);
  return refuse(
    'conflict',
    `What is checked out in ${worktree} is not ${branch}, and each has commits that the other has not.`,
    `Merge them there onto ${branch}, then retry.`,
  );
}
