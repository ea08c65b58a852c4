import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { sprintId } from '../../domain/ids.ts';
import {
  retrospective,
  sprint as sprintRow,
  sprintStatuses,
  type Sprint,
} from '../../domain/sprint/sprint.ts';
import { title } from '../../domain/todo/todo.ts';
import { given } from '../given.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { moveSprint } from './moveSprint.ts';
import { checkContract, sprintFields } from './sprintFields.ts';
import { sprintLine, toSprintLine } from './sprintLine.ts';

export const updateSprint = defineOperation({
  id: 'sprint.update',
  title: 'Change a sprint',
  summary:
    'Changes title, goal, plan, criteria, dates or retrospective; its status has operations of its own.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['sprint'],
  input: z.object({
    sprint: sprintId,
    title: title.optional(),
    ...z.object(sprintFields).partial().shape,
    wentWell: retrospective.shape.wentWell.optional().describe('Retrospective: what went well'),
    couldImprove: retrospective.shape.couldImprove.optional().describe('Retrospective: what could be better'),
    actionItems: retrospective.shape.actionItems.optional().describe('Retrospective: what to do about it'),
  }),
  output: sprintRow,
  run(context, { sprint: id, contract, wentWell, couldImprove, actionItems, ...fields }) {
    const found = mustFind(context.tables.sprint, 'sprint', id);
    checkContract(context, found.projectId, contract);
    if (fields.maxReviewRounds !== undefined)
      mustBePersonsChoice(context, 'raises the number of review rounds');
    const looked = given({ wentWell, couldImprove, actionItems });
    const changed: Sprint = {
      ...found,
      ...given(fields),
      contractArtifactId: contract === undefined ? found.contractArtifactId : contract,
      retrospective:
        Object.keys(looked).length === 0
          ? found.retrospective
          : { wentWell: [], couldImprove: [], actionItems: [], ...found.retrospective, ...looked },
      updatedAt: context.now,
    };
    context.tables.sprint.update(changed);
    return ok(changed);
  },
});

/** The ceiling of rounds is there so that a person looks; agents do not lift it. */
function mustBePersonsChoice({ caller }: OperationContext, what: string): void {
  if (caller.kind !== 'agent') return;
  refuseNow('forbidden', `Only the person ${what}.`, 'Ask them: sloop ask --to person.');
}

export const approveSprints = defineOperation({
  id: 'sprint.approve',
  title: 'Approve sprints',
  summary: 'Lets planned sprints start; where the project is in mode review nothing starts without it.',
  effect: 'write',
  permission: 'person',
  surfaces: ['cli', 'palette'],
  positional: ['sprints'],
  input: z.object({ sprints: z.array(sprintId).min(1).max(100).describe('Sprint ids') }),
  output: z.object({ sprints: z.array(sprintLine) }),
  run(context, input) {
    const approved = input.sprints.map((id) =>
      moveSprint(context, mustFind(context.tables.sprint, 'sprint', id), 'approved'),
    );
    return ok({ sprints: approved.map(toSprintLine) });
  },
});

export const transitionSprint = defineOperation({
  id: 'sprint.transition',
  title: 'Move a sprint',
  summary:
    'Starts a sprint, brings it to review, completes or rejects it (with notes); refused moves name the allowed ones.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['sprint', 'status'],
  input: z.object({
    sprint: sprintId,
    status: z.enum(sprintStatuses),
    notes: z
      .string()
      .trim()
      .min(1)
      .max(20_000)
      .optional()
      .describe('What is to be changed, when it is rejected'),
    force: z.boolean().default(false).describe('Complete it although todos are open'),
  }),
  output: sprintRow,
  run(context, input) {
    const found = mustFind(context.tables.sprint, 'sprint', input.sprint);
    if (input.notes !== undefined && input.status !== 'rejected')
      refuseNow(
        'invalid',
        'Notes go with a rejection.',
        'Leave them out, or change the plan: sloop sprint update.',
      );
    if (isPersonsDecision(context, found, input.status))
      mustBePersonsChoice(context, `decides that ${found.title} becomes ${input.status}`);
    return ok(moveSprint(context, found, input.status, { notes: input.notes, forced: input.force }));
  },
});

/** Approving is the person's unless the project leaves it to agents; in mode review so is the end of a sprint. */
function isPersonsDecision({ tables }: OperationContext, sprint: Sprint, to: Sprint['status']): boolean {
  if (sprint.origin === 'loop') return false;
  const mode = tables.project.find(sprint.projectId)?.mode;
  if (to === 'approved') return mode !== 'autonomous';
  return mode === 'review' && (to === 'complete' || to === 'rejected');
}
