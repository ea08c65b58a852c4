import { existsSync } from 'node:fs';
import { refusalText } from '../base/result.ts';
import { contains, ensureLine, tipOf, type Line } from '../git/branches.ts';
import { commitWork } from '../git/commitWork.ts';
import type { Git } from '../git/git.ts';
import { mergeBranches } from '../git/mergeBranches.ts';
import { privateFilesIn } from '../git/privateFiles.ts';
import { uncommittedFiles } from '../git/workState.ts';
import { isStanding, type WorktreePlace } from '../git/worktrees.ts';
import type { MergeJob } from '../operations/merge/mergeWork.ts';
import type { GitTask, GitWork } from './gitWork.ts';

/** What became of an entry of the merge queue. */
export type Merged =
  | { readonly kind: 'merged'; readonly tip: string; readonly commit: string; readonly note: string | null }
  | { readonly kind: 'conflict'; readonly files: readonly string[] }
  | { readonly kind: 'waits'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Commits what is left of the work, checks it, and merges it into its target. */
export async function merge(work: GitWork, { git }: GitTask, job: MergeJob): Promise<Merged> {
  const { repositoryPath: repository, source, target } = job;
  const base = await ensureLine(git, repository, job.line as unknown as Line);
  const commit = await commitOfWork(work, git, job);
  if (typeof commit !== 'string') return commit;
  const secret = await privateFilesIn(git, repository, { target: base, source: commit, names: job.private });
  if (secret.length > 0) return { kind: 'failed', reason: secretText(source, secret) };
  const outcome = await mergeBranches(git, { repository, source: commit, target, message: job.message });
  switch (outcome.kind) {
    case 'merged':
      return outcome.made
        ? { kind: 'merged', tip: outcome.tip, commit: outcome.tip, note: null }
        : {
            kind: 'merged',
            tip: outcome.tip,
            commit,
            note: `${target} had all of it: there was nothing to merge.`,
          };
    case 'conflict':
      return outcome;
    case 'checked_out':
      return { kind: 'waits', reason: checkedOutText(job, outcome.at) };
  }
}

const secretText = (source: string, files: readonly string[]): string =>
  `Commits of ${source} have ${files.join(', ')}, which set-up put into the worktree and which is not to be shared. ` +
  'Take it out of those commits (git rebase), or off the lists of the repository (sloop repository update), and retry.';

const checkedOutText = ({ source, target }: MergeJob, at: string): string =>
  `${target} is checked out in ${at}, and what a person works in is never touched. ` +
  `Merge it there (git merge ${source}), which is noticed, or check another branch out there.`;

/** The commit to merge. Work that lies in a worktree is brought onto its branch first. */
async function commitOfWork({ settings }: GitWork, git: Git, job: MergeJob): Promise<string | Merged> {
  const { repositoryPath: repository, source } = job;
  const worktree = placeOf(settings, job);
  if (worktree !== null) {
    if (!(await isStanding(git, worktree))) return { kind: 'failed', reason: strangeText(job) };
    const message = settings.commit ? job.workMessage : null;
    const committed = await commitWork(git, { worktree: worktree.path, branch: source }, message);
    return committed.ok ? committed.value : { kind: 'failed', reason: refusalText(committed.refusal) };
  }
  return (await tipOf(git, repository, source)) ?? { kind: 'failed', reason: goneText(job) };
}

const goneText = ({ merge: id, source }: MergeJob): string =>
  `Branch ${source} is gone. If you merged it yourself, complete the todo and cancel this: sloop merge cancel ${id}. ` +
  `Else make it again (git branch ${source} COMMIT) and retry.`;

/** The folder of the work, while there is one. */
function placeOf(
  { folders }: GitWork['settings'],
  { worktree, repositoryPath }: MergeJob,
): WorktreePlace | null {
  if (worktree === null || !existsSync(worktree.path)) return null;
  return { repository: repositoryPath, path: worktree.path, own: folders.worktrees };
}

const strangeText = ({ worktree, repositoryPath }: MergeJob): string =>
  `${worktree?.path ?? ''} is no worktree of ${repositoryPath} any more. ` +
  'Look at it, move it away, and retry: then what its branch has is merged.';

/** Whether somebody merged it by hand: the target has the branch, and nothing is left uncommitted. */
export async function lookForMerge(
  { settings }: GitWork,
  { git }: GitTask,
  job: MergeJob,
): Promise<Merged | null> {
  const { repositoryPath: repository, source, target } = job;
  if (!existsSync(repository)) return null;
  const [commit, tip] = [await tipOf(git, repository, source), await tipOf(git, repository, target)];
  if (commit === undefined || tip === undefined || !(await contains(git, repository, tip, commit)))
    return null;
  const worktree = placeOf(settings, job);
  if (worktree !== null) {
    if (!(await isStanding(git, worktree))) return null;
    if ((await uncommittedFiles(git, worktree.path)).length > 0) return null;
  }
  return { kind: 'merged', tip, commit, note: `${target} has it: it was merged by hand.` };
}
