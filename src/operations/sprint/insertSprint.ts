import type { Sprint } from '../../domain/sprint/sprint.ts';
import { insertFresh } from '../insertFresh.ts';
import { callerSession } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';

/** What a new sprint may say of itself; the rest has the usual values. */
export type NewSprint = Pick<Sprint, 'projectId' | 'title'> &
  Partial<
    Pick<
      Sprint,
      | 'goal'
      | 'plan'
      | 'acceptanceCriteria'
      | 'maxReviewRounds'
      | 'contractArtifactId'
      | 'startDate'
      | 'endDate'
      | 'branch'
      | 'wipLimit'
      | 'origin'
    >
  >;

/** Makes a planned sprint with the project's next number. */
export function insertSprint(context: OperationContext, fields: NewSprint): Sprint {
  const { tables, caller, now } = context;
  return insertFresh(context, tables.sprint, 'sprint', {
    projectId: fields.projectId,
    number: tables.sprint.nextNumber(fields.projectId),
    title: fields.title,
    goal: fields.goal ?? '',
    plan: fields.plan ?? '',
    status: 'planned',
    acceptanceCriteria: fields.acceptanceCriteria ?? [],
    reviewerNotes: null,
    reviewRound: 0,
    maxReviewRounds: fields.maxReviewRounds ?? 3,
    contractArtifactId: fields.contractArtifactId ?? null,
    startDate: fields.startDate ?? null,
    endDate: fields.endDate ?? null,
    retrospective: null,
    lastSessionId: callerSession(caller),
    approvedAt: null,
    completedAt: null,
    branch: fields.branch ?? null,
    wipLimit: fields.wipLimit ?? null,
    origin: fields.origin ?? 'person',
    createdAt: now,
    updatedAt: now,
  });
}
