import { z } from 'zod';
import { instant } from '../instant.ts';
import {
  agentId,
  mergeId,
  projectId,
  repositoryId,
  sessionId,
  sprintId,
  todoId,
  worktreeId,
} from '../ids.ts';
import { checkMove, type Transitions } from '../transitions.ts';

/** What is merged: a todo into its sprint, a sprint into its project, a project into the main branch. */
export const mergeLevels = ['todo', 'sprint', 'project'] as const;

export const mergeStatuses = [
  'waiting_approval',
  'queued',
  'merged',
  'conflict',
  'failed',
  'cancelled',
] as const;
export type MergeStatus = (typeof mergeStatuses)[number];

/** One entry of the merge queue: one branch into another, in one repository. */
export const merge = z.object({
  id: mergeId,
  level: z.enum(mergeLevels),
  projectId: projectId.nullable(),
  sessionId: sessionId.nullable(),
  sprintId: sprintId.nullable(),
  todoId: todoId.nullable(),
  agentId: agentId.nullable().describe('Whose work it is; it is merged when that agent has ended'),
  agentName: z.string().nullable(),
  worktreeId: worktreeId.nullable(),
  repositoryId: repositoryId.nullable(),
  repositoryPath: z.string().describe('Root of the repository'),
  source: z.string().describe('Branch that is merged'),
  target: z.string().describe('Branch that it is merged into'),
  title: z.string().describe('First line of the merge commit'),
  status: z.enum(mergeStatuses),
  reason: z.string().nullable().describe('Why it waits or failed, and what to do'),
  files: z.array(z.string()).describe('Files in conflict'),
  conflictTodoId: todoId.nullable().describe('The todo that resolves the conflict'),
  mergedCommit: z.string().nullable().describe('Commit on the target that has it'),
  requestedBy: z.string(),
  approvedBy: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  endedAt: instant.nullable(),
});
export type Merge = z.infer<typeof merge>;

export const mergeMoves = {
  waiting_approval: ['queued', 'cancelled', 'merged'],
  queued: ['merged', 'conflict', 'failed', 'cancelled'],
  conflict: ['queued', 'merged', 'cancelled'],
  failed: ['queued', 'merged', 'cancelled'],
  merged: [],
  cancelled: ['queued'],
} as const satisfies Transitions<MergeStatus>;

/** Statuses in which an entry still has to come to something. */
export const openMergeStatuses = [
  'waiting_approval',
  'queued',
  'conflict',
  'failed',
] as const satisfies readonly MergeStatus[];

export const checkMergeMove = (subject: Pick<Merge, 'id' | 'status'>, to: MergeStatus) =>
  checkMove<MergeStatus>(`Merge ${subject.id}`, mergeMoves, subject.status, to);
