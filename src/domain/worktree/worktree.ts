import { z } from 'zod';
import { instant } from '../instant.ts';
import { agentId, projectId, repositoryId, sessionId, sprintId, todoId, worktreeId } from '../ids.ts';
import { checkMove, type Transitions } from '../transitions.ts';

/** `kept`: nobody works in it now, but it holds something. `orphan`: a folder of ours that no row told of. */
export const worktreeStatuses = [
  'requested',
  'ready',
  'failed',
  'kept',
  'orphan',
  'removing',
  'removed',
] as const;
export type WorktreeStatus = (typeof worktreeStatuses)[number];

/** A git worktree that Sloop made for one agent, of one repository. */
export const worktree = z.object({
  id: worktreeId,
  agentId: agentId.nullable().describe('Who works in it, or did so last'),
  agentName: z.string(),
  projectId: projectId.nullable(),
  sessionId: sessionId.nullable(),
  sprintId: sprintId.nullable(),
  todoId: todoId.nullable(),
  repositoryId: repositoryId.nullable(),
  repositoryPath: z.string().nullable().describe('Root of the repository; null until it is cloned'),
  path: z.string().describe('Absolute path of the worktree'),
  branch: z.string().describe('What is checked out in it'),
  baseBranch: z.string().describe('What the branch was made from and is merged into'),
  baseCommit: z.string().nullable().describe('Commit that the branch began at; null until it is made'),
  status: z.enum(worktreeStatuses),
  reason: z.string().nullable().describe('Why it failed, or why it is kept'),
  uncommitted: z
    .number()
    .int()
    .nullable()
    .describe('Files with changes that no commit has; null: not looked'),
  unmerged: z.number().int().nullable().describe('Commits that the base branch has not; null: not looked'),
  sizeBytes: z.number().int().nullable().describe('What it takes on disk; null: not measured'),
  checkedAt: instant.nullable().describe('When these three were looked at'),
  createdAt: instant,
  updatedAt: instant,
  removedAt: instant.nullable(),
});
export type Worktree = z.infer<typeof worktree>;

export const worktreeMoves = {
  requested: ['ready', 'failed', 'removed'],
  ready: ['kept', 'removing'],
  failed: ['requested', 'removing'],
  kept: ['ready', 'requested', 'removing'],
  orphan: ['kept', 'removing'],
  removing: ['removed', 'kept'],
  removed: ['requested'],
} as const satisfies Transitions<WorktreeStatus>;

/** Statuses in which there is (or may be) a folder on disk. */
export const presentWorktreeStatuses = [
  'requested',
  'ready',
  'failed',
  'kept',
  'orphan',
  'removing',
] as const satisfies readonly WorktreeStatus[];

export const checkWorktreeMove = (subject: Pick<Worktree, 'id' | 'status'>, to: WorktreeStatus) =>
  checkMove<WorktreeStatus>(`Worktree ${subject.id}`, worktreeMoves, subject.status, to);
