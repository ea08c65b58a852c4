import { existsSync } from 'node:fs';
import path from 'node:path';
import { expectOk } from '../base/result.ts';
import { isWorkBranch } from '../domain/worktree/branchLine.ts';
import { removeAgentGitSettings, settingsName, writeAgentGitSettings } from '../git/agentGitSettings.ts';
import {
  checkedOutAt,
  commitOf,
  commitsMissing,
  contains,
  deleteBranch,
  tipOf,
  type Line,
} from '../git/branches.ts';
import { ask, type Git } from '../git/git.ts';
import { listWorktrees } from '../git/listWorktrees.ts';
import { cloneRepository, fetchRepository } from '../git/remotes.ts';
import { setUpWorktree } from '../git/setUp.ts';
import { runSetUpCommand } from '../git/setUpCommand.ts';
import { folderSize, lookAtWork, type WorkState } from '../git/workState.ts';
import { isStanding, makeWorktree, removeWorktree } from '../git/worktrees.ts';
import type { WorktreeJob } from '../operations/worktree/worktreeWork.ts';
import type { GitTask, GitWork } from './gitWork.ts';

const setUpPatienceMs = 15 * 60_000;

/**
 * Brings a repository here that is known by its address alone. Says where it is, and
 * what its main branch is where that is not the one that was taken for it.
 */
export async function bringRepository(
  work: GitWork,
  { git }: GitTask,
  { repository, line: [wanted = ''] }: WorktreeJob,
): Promise<{ readonly path: string; readonly defaultBranch: string | null }> {
  const { repositories, worktrees } = work.settings.folders;
  // Two workspaces may call different repositories by one name.
  const own = path.join(repositories, path.basename(worktrees));
  if (repository.url === null)
    throw new Error(
      `Repository ${repository.name} has neither a folder nor an address: sloop repository update.`,
    );
  const folder = path.join(
    own,
    repository.name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'repository',
  );
  await cloneRepository(git, { url: repository.url, folder, own });
  if ((await commitOf(git, folder, `refs/remotes/origin/${wanted}`)) !== undefined)
    return { path: folder, defaultBranch: null };
  const { code, out } = await git(folder, ['symbolic-ref', '--short', 'refs/remotes/origin/HEAD']);
  return { path: folder, defaultBranch: code === 0 ? out.trim().replace(/^origin\//, '') : null };
}

/** Fetches, where there is somewhere to fetch from. A server that cannot be reached is worth a note, no more. */
export async function freshen(
  { git }: GitTask,
  root: string,
  { repository: { url } }: WorktreeJob,
): Promise<{ readonly fetched: boolean; readonly notes: readonly string[] }> {
  const { fetched, problem } = await fetchRepository(git, root, url);
  return { fetched, notes: problem === null ? [] : [`${problem} Work begins at what is here.`] };
}

/** Makes the worktree; where it is new, or was never set up to the end, it has to be set up. */
export async function bringWorktree(
  { settings }: GitWork,
  { git }: GitTask,
  root: string,
  job: WorktreeJob,
): Promise<{ readonly began: string; readonly toSetUp: boolean }> {
  const place = { repository: root, path: job.path, own: settings.folders.worktrees };
  const { began, isNew } = await makeWorktree(git, place, job.line as unknown as Line);
  return { began, toSetUp: isNew || !job.wasMade };
}

/** Copies, links, runs the repository's command. A command that fails is a failure; the rest is said in notes. */
export async function setUp(
  work: GitWork,
  { git, environment }: GitTask,
  root: string,
  job: WorktreeJob,
): Promise<{ readonly notes: readonly string[]; readonly problem: string | null }> {
  const own = work.settings.folders.worktrees;
  const { put, notes } = await setUpWorktree(git, {
    repository: root,
    worktree: job.path,
    copyFiles: job.copyFiles,
    linkFolders: job.linkFolders,
  });
  const agent = settingsName(own, job.path);
  await writeAgentGitSettings(git, work.settings.environment, { own, agent, paths: put });
  if (job.setUpCommand.length === 0) return { notes, problem: null };
  const ran = await runSetUpCommand({
    argv: job.setUpCommand,
    folder: job.path,
    environment,
    patienceMs: setUpPatienceMs,
    gaveUp: work.signal,
  });
  const said = ran.output === '' ? [] : [`Set-up (${job.setUpCommand.join(' ')}):\n${ran.output}`];
  const problem = ran.succeeded ? null : `Its set-up command (${job.setUpCommand.join(' ')}) ${ran.how}.`;
  return { notes: [...notes, ...said], problem };
}

/** What a look at a worktree found, as `worktree.looked` takes it. */
export interface Seen {
  readonly uncommitted: number | null;
  readonly unmerged: number | null;
  readonly sizeBytes: number | null;
  readonly isGone?: boolean;
  readonly reason?: string;
}

export async function look(work: GitWork, { git }: GitTask, job: WorktreeJob): Promise<Seen> {
  const isGone = !existsSync(job.path);
  const sizeBytes = isGone ? 0 : await folderSize(job.path);
  try {
    if (isGone) return { uncommitted: 0, unmerged: await branchUnmerged(git, job), sizeBytes, isGone };
    const state = await stateOf(work, git, job);
    if (state !== null) return { ...state, sizeBytes };
    return { ...unknown, sizeBytes, reason: strangeText(job) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...unknown, sizeBytes, isGone, reason: `What is in it cannot be told: ${why}` };
  }
}

const unknown = { uncommitted: null, unmerged: null };

const strangeText = ({ path: folder, repository }: WorktreeJob): string =>
  `${folder} is no worktree of ${repository.path ?? 'a repository that is known'} (any more): look at it yourself.`;

/** Null where the folder is no worktree of its repository: git would look at whatever repository is around it. */
async function stateOf({ settings }: GitWork, git: Git, job: WorktreeJob): Promise<WorkState | null> {
  const root = job.repository.path;
  const own = settings.folders.worktrees;
  if (root === null || !(await isStanding(git, { repository: root, path: job.path, own }))) return null;
  return lookAtWork(git, job.path, await baseCommit(git, root, job));
}

/** Where the branch's base stands; one that is gone was begun at the next before it. */
async function baseCommit(git: Git, root: string, { line }: WorktreeJob): Promise<string> {
  for (const branch of line.slice(0, -1).toReversed()) {
    const commit =
      (await tipOf(git, root, branch)) ?? (await commitOf(git, root, `refs/remotes/origin/${branch}`));
    if (commit !== undefined) return commit;
  }
  throw new Error(`None of ${line.slice(0, -1).join(', ')} is in ${root}.`);
}

async function branchUnmerged(git: Git, job: WorktreeJob): Promise<number | null> {
  const root = job.repository.path;
  if (root === null) return 0;
  if (!existsSync(root)) return null;
  const tip = await tipOf(git, root, job.branch);
  return tip === undefined ? 0 : commitsMissing(git, root, await baseCommit(git, root, job), tip);
}

export type Removal = { readonly removed: string } | { readonly kept: Seen };

/** Removes a worktree, and its branch where that is merged, unless more would be lost than was agreed to. */
export async function remove(work: GitWork, task: GitTask, job: WorktreeJob): Promise<Removal> {
  const { git } = task;
  const root = job.repository.path;
  const seen = await look(work, task, job);
  const { uncommitted, unmerged } = seen;
  if (root === null || uncommitted === null || unmerged === null) return { kept: seen };
  const agreed = job.agreedLoss ?? { uncommitted: 0, unmerged: 0 };
  if (uncommitted > agreed.uncommitted || unmerged > agreed.unmerged)
    return {
      kept: { ...seen, reason: `It has ${uncommitted} uncommitted files and ${unmerged} unmerged commits.` },
    };
  const own = work.settings.folders.worktrees;
  const removed = await removeWorktree(git, { repository: root, path: job.path, own });
  if (!removed.ok) return { kept: { ...seen, reason: `${removed.refusal.message} ${removed.refusal.next}` } };
  const name = settingsName(own, job.path);
  if (!existsSync(path.join(own, name))) await removeAgentGitSettings(own, name);
  return { removed: await dropBranch(git, root, job) };
}

/** What gathers the work of many stays, and so does a branch with commits that nothing else has. */
async function dropBranch(git: Git, root: string, job: WorktreeJob): Promise<string> {
  const { branch } = job;
  const tip = await tipOf(git, root, branch);
  if (tip === undefined) return `Branch ${branch} was gone already.`;
  if (!isWorkBranch(branch)) return `Branch ${branch} stays.`;
  if (!(await contains(git, root, await baseCommit(git, root, job), tip)))
    return `Branch ${branch} stays: it has commits that are not merged.`;
  const at = await checkedOutAt(git, root, branch);
  if (at !== undefined) return `Branch ${branch} stays: it is checked out in ${at}.`;
  const went = await deleteBranch(git, root, branch, tip);
  return went ? `Branch ${branch} was merged and is gone.` : `Branch ${branch} moved meanwhile and stays.`;
}

/** The main folder of the repository that a worktree belongs to; null where that cannot be told. */
export async function repositoryOf(git: Git, worktree: string): Promise<string | null> {
  const { code, out } = await git(worktree, [
    'rev-parse',
    '--path-format=absolute',
    '--show-toplevel',
    '--git-common-dir',
  ]);
  const [top = '', common = ''] = out.trim().split('\n');
  // A folder that only lies within a repository is none of its worktrees.
  if (code !== 0 || path.resolve(top) !== path.resolve(worktree)) return null;
  return path.basename(common) === '.git' ? path.dirname(common) : common;
}

/** What is checked out in a worktree, and in the main folder of its repository. */
export async function branchesOf(
  git: Git,
  root: string,
  worktree: string,
): Promise<{ readonly branch: string; readonly baseBranch: string }> {
  const [main] = await listWorktrees(git, root);
  const branch = (await ask(git, worktree, ['rev-parse', '--abbrev-ref', 'HEAD'])).trim();
  return { branch, baseBranch: main?.branch ?? branch };
}

/** Throws a refusal of the git that is needed, so that it becomes the reason why nothing was made. */
export async function mustHaveGit(work: GitWork, task: GitTask): Promise<void> {
  expectOk(await work.check(task));
}
