import { refuseNow } from '../../base/result.ts';
import { isLive, type Agent } from '../../domain/agent/agent.ts';
import { openMergeStatuses, type Merge } from '../../domain/merge/merge.ts';
import { slugFrom } from '../../domain/project/project.ts';
import { baseLine, workBranch, type BranchPlace } from '../../domain/worktree/branchLine.ts';
import type { Worktree } from '../../domain/worktree/worktree.ts';
import { insertFresh } from '../insertFresh.ts';
import type { OperationContext } from '../operation.ts';
import { noteInOutput } from '../agent/noteInOutput.ts';
import { moveWorktree, unseen } from './moveWorktree.ts';
import { projectRepositories, type KnownRepository } from './projectRepositories.ts';

/** One worktree that an agent is to have. */
export interface PlannedWorktree {
  readonly repository: KnownRepository;
  readonly path: string;
  readonly branch: string;
  readonly baseBranch: string;
  /** What an attempt before left, with the work in it. */
  readonly takeOver: Worktree | null;
}

export interface WorktreePlan {
  readonly workingFolder: string;
  /** Empty where there is no git: then the agent works in the workspace folder itself. */
  readonly worktrees: readonly PlannedWorktree[];
}

type Starting = Pick<Agent, 'name' | 'projectId' | 'sprintId' | 'todoId'>;

/**
 * Decides where an agent gets a worktree of each repository that its work touches. Work that was begun on the same
 * todo goes on: same branch, same folder, with what is uncommitted in it.
 */
export function planWorktrees(context: OperationContext, agent: Starting): WorktreePlan {
  const conflict = conflictOf(context, agent);
  const repositories = projectRepositories(context, agent.projectId).filter(
    ({ id, path }) =>
      conflict === undefined || id === conflict.repositoryId || path === conflict.repositoryPath,
  );
  const taken = repositories.map((repository) => leftBehind(context, agent, repository, conflict));
  const folder = join(context, agent.name);
  const isOne = repositories.length === 1;
  const folders = folderNames(repositories.map(({ name }) => name));
  const worktrees = repositories.map((repository, index): PlannedWorktree => {
    const takeOver = taken[index] ?? null;
    const fresh = isOne ? folder : join(context, agent.name, folders[index] ?? repository.name);
    return {
      repository,
      takeOver,
      ...branchesOf(context, agent, repository, conflict),
      path: fresh,
      ...pathOf(takeOver),
    };
  });
  return { workingFolder: commonFolder(worktrees) ?? context.workspaceRoot, worktrees };
}

/** Each repository's folder beside the others; two names may come to the same letters. */
const folderNames = (names: readonly string[]): readonly string[] => {
  const slugs = names.map(slugFrom);
  return slugs.map((slug, index) => (slugs.indexOf(slug) === index ? slug : `${slug}-${index + 1}`));
};

const pathOf = (takeOver: Worktree | null) =>
  takeOver === null ? {} : { path: takeOver.path, branch: takeOver.branch, baseBranch: takeOver.baseBranch };

/** The merge that the agent's todo resolves, if that is its task. */
function conflictOf({ tables }: OperationContext, { todoId }: Starting): Merge | undefined {
  if (todoId === null) return undefined;
  return tables.merge.all({ conflictTodoId: todoId, status: openMergeStatuses })[0];
}

function branchesOf(
  context: OperationContext,
  agent: Starting,
  repository: KnownRepository,
  conflict: Merge | undefined,
): Pick<PlannedWorktree, 'branch' | 'baseBranch'> {
  if (conflict !== undefined) return { branch: conflict.source, baseBranch: conflict.target };
  const place = placeOf(context, agent);
  const baseBranch = baseLine(place, repository.defaultBranch).at(-1) ?? repository.defaultBranch;
  return { branch: workBranch(place, agent.todoId, agent.name), baseBranch };
}

export const placeOf = (
  { tables }: OperationContext,
  { projectId, sprintId }: Pick<Agent, 'projectId' | 'sprintId'>,
): BranchPlace => ({
  project: projectId === null ? null : (tables.project.find(projectId) ?? null),
  sprint: sprintId === null ? null : (tables.sprint.find(sprintId) ?? null),
});

const leavable = ['requested', 'ready', 'failed', 'kept'] as const;

/** A worktree in which the same work was begun. One that a living agent works in is not taken. */
function leftBehind(
  context: OperationContext,
  { todoId }: Starting,
  { id, path }: KnownRepository,
  conflict: Merge | undefined,
): Worktree | null {
  if (todoId === null) return null;
  const { tables } = context;
  const candidates =
    conflict === undefined
      ? tables.worktree.all({ todoId, status: leavable })
      : tables.worktree.all({ branch: conflict.source, status: leavable });
  const found = candidates.find((one) =>
    one.repositoryId === null || id === null ? one.repositoryPath === path : one.repositoryId === id,
  );
  if (found === undefined) return null;
  const holder = found.agentId === null ? undefined : tables.agent.find(found.agentId);
  if (holder !== undefined && isLive(holder.status))
    refuseNow(
      'conflict',
      `${holder.name} works in ${found.path}, on branch ${found.branch}.`,
      `Wait until it has ended, or stop it: sloop agent stop ${holder.name}.`,
    );
  return found;
}

/** Writes what was planned; the engine makes it when this is committed. Where there is no git it says so. */
export function requestWorktrees(
  context: OperationContext,
  agent: Agent,
  { worktrees }: WorktreePlan,
): readonly PlannedWorktree[] {
  const { tables, now } = context;
  if (worktrees.length === 0) noteInOutput(context, agent, [noGitText]);
  for (const { repository, takeOver, path, branch, baseBranch } of worktrees) {
    const belongs = {
      agentId: agent.id,
      agentName: agent.name,
      projectId: agent.projectId,
      sessionId: agent.sessionId,
      sprintId: agent.sprintId,
      todoId: agent.todoId,
      repositoryId: repository.id,
      repositoryPath: repository.path,
    };
    if (takeOver !== null) {
      requestAgain(context, takeOver, belongs);
      continue;
    }
    insertFresh(context, tables.worktree, 'worktree', {
      ...belongs,
      path,
      branch,
      baseBranch,
      baseCommit: null,
      status: 'requested',
      reason: null,
      ...unseen,
      createdAt: now,
      updatedAt: now,
      removedAt: null,
    });
  }
  return worktrees;
}

const noGitText =
  'There is no git repository here, so there is no worktree: it works in the workspace folder itself.';

/** Has the engine bring a worktree (back) into being, whatever became of it; what is there stays as it is. */
export function requestAgain(context: OperationContext, worktree: Worktree, fields: Partial<Worktree>): void {
  const free = worktree.status === 'ready' ? moveWorktree(context, worktree, 'kept') : worktree;
  if (free.status === 'requested')
    context.tables.worktree.update({ ...free, ...fields, reason: null, updatedAt: context.now });
  else moveWorktree(context, free, 'requested', fields);
}

const join = ({ folders }: OperationContext, ...names: readonly string[]): string =>
  [folders.worktrees, ...names].join(separator(folders.worktrees));

/** As the host's system writes paths, told from one that it wrote. */
const separator = (path: string): string => (path.includes('\\') && !path.startsWith('/') ? '\\' : '/');

/** The folder itself where there is one worktree, else the one that holds them all. */
function commonFolder(worktrees: readonly PlannedWorktree[]): string | null {
  const [first] = worktrees;
  if (first === undefined) return null;
  const parent = (path: string): string => path.replace(/[\\/][^\\/]+$/, '');
  const isSame = worktrees.every(({ path }) => parent(path) === parent(first.path));
  return worktrees.length > 1 && isSame ? parent(first.path) : first.path;
}
