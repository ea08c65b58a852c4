import { z } from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { instant } from '../instant.ts';
import { artifactId, projectId, sessionId, sprintId } from '../ids.ts';
import { title } from '../todo/todo.ts';
import { checkMove, type Transitions } from '../transitions.ts';

export const sprintStatuses = [
  'planned',
  'approved',
  'in_progress',
  'review',
  'blocked',
  'rejected',
  'complete',
] as const;
export type SprintStatus = (typeof sprintStatuses)[number];

export const retrospective = z.object({
  wentWell: z.array(z.string()),
  couldImprove: z.array(z.string()),
  actionItems: z.array(z.string()),
});

/** A numbered slice of a project, reviewed at its end. */
export const sprint = z.object({
  id: sprintId,
  projectId,
  number: z.number().int().positive(),
  title,
  goal: z.string(),
  plan: z.string(),
  status: z.enum(sprintStatuses),
  acceptanceCriteria: z.array(z.string()),
  reviewerNotes: z.string().nullable(),
  reviewRound: z.number().int().nonnegative(),
  maxReviewRounds: z.number().int().min(1).max(5),
  contractArtifactId: artifactId.nullable(),
  startDate: instant.nullable(),
  endDate: instant.nullable(),
  retrospective: retrospective.nullable(),
  lastSessionId: sessionId.nullable(),
  approvedAt: instant.nullable(),
  completedAt: instant.nullable(),
  branch: z.string().nullable(),
  wipLimit: z.number().int().positive().nullable().describe('Agents at work in it at once, at most'),
  origin: z.enum(['person', 'loop']).describe('A loop makes its own sprints; they need no approval'),
  createdAt: instant,
  updatedAt: instant,
});
export type Sprint = z.infer<typeof sprint>;

export const sprintMoves = {
  planned: ['approved', 'in_progress'],
  approved: ['in_progress', 'planned'],
  in_progress: ['review', 'blocked'],
  blocked: ['in_progress'],
  review: ['complete', 'rejected'],
  rejected: ['in_progress'],
  complete: [],
} as const satisfies Transitions<SprintStatus>;

export const sprintName = (sprint: Pick<Sprint, 'number' | 'title'>): string =>
  `Sprint ${sprint.number} (${sprint.title})`;

/** What beside the table decides a sprint's move. */
export interface SprintMoveFacts {
  readonly projectMode: string;
  /** Sprints it depends on that are not complete. */
  readonly waitsFor: readonly Pick<Sprint, 'number' | 'title'>[];
  readonly openTodos: number;
  readonly forced: boolean;
}

/** The table and the rules around it: approval in mode `review`, dependencies, the ceiling of review rounds. */
export function checkSprintMove(
  sprint: Sprint,
  to: SprintStatus,
  facts: SprintMoveFacts,
): Result<SprintStatus> {
  const inTable = checkMove<SprintStatus>(sprintName(sprint), sprintMoves, sprint.status, to);
  if (!inTable.ok) return inTable;
  if (
    to === 'in_progress' &&
    sprint.status === 'planned' &&
    facts.projectMode === 'review' &&
    sprint.origin === 'person'
  )
    return refuse(
      'conflict',
      `${sprintName(sprint)} is not approved, and the project is in mode review.`,
      `Approve it first: sprint approve ${sprint.id}.`,
    );
  if (to === 'in_progress' && facts.waitsFor.length > 0)
    return refuse(
      'conflict',
      `${sprintName(sprint)} waits for ${facts.waitsFor.map(sprintName).join(', ')}.`,
      'Complete those first, or remove the dependency.',
    );
  if (to === 'rejected' && sprint.reviewRound >= sprint.maxReviewRounds)
    return refuse(
      'limit',
      `${sprintName(sprint)} was rejected ${sprint.reviewRound} times, the most it allows.`,
      'Ask the person: raise maxReviewRounds with sprint update, or complete it.',
    );
  if (to === 'complete' && facts.openTodos > 0 && !facts.forced)
    return refuse(
      'conflict',
      `${sprintName(sprint)} still has ${facts.openTodos} open todos.`,
      'Complete, cancel or move them, or pass force.',
    );
  return ok(to);
}
