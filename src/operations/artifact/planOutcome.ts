import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import type { PlanChange } from '../../domain/artifact/planChanges.ts';
import type { Artifact } from '../../domain/artifact/artifact.ts';
import { artifactId, todoId } from '../../domain/ids.ts';
import { priorities } from '../../domain/todo/todo.ts';
import { mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { todoLine, toTodoLine } from '../todo/todoLine.ts';
import { previewPlan, todosOf, type PlanEffect } from './applyPlan.ts';

/** What became of a plan's todos when it was made final. */
export const planOutcome = z.object({
  artifact: artifactId,
  todos: z.array(todoLine).describe('All todos of the plan, in its order'),
  created: z.number().int(),
  updated: z.number().int(),
  kept: z.number().int().describe('Unchanged, started already or decided'),
  cancelled: z.number().int().describe('Not in the plan any more and not started'),
  problems: z.array(z.string()),
  note: z.string().nullable().describe('Said when the plan has no steps: it is final all the same'),
});

const noSteps = (plan: Pick<Artifact, 'id'>): string =>
  `Plan ${plan.id} has no steps that could become todos: no task list, no "Step n" headings, no numbered list below a heading that says "steps".`;

const counted = (changes: readonly PlanChange[], action: PlanChange['action']): number =>
  changes.filter((change) => change.action === action).length;

export function toPlanOutcome(
  context: OperationContext,
  plan: Artifact,
  { reading, changes, dropped }: PlanEffect,
): z.input<typeof planOutcome> {
  const todos = todosOf(context, plan);
  return {
    artifact: plan.id,
    todos: todos.toSorted((a, b) => (a.planPosition ?? 0) - (b.planPosition ?? 0)).map(toTodoLine),
    created: counted(changes, 'create'),
    updated: counted(changes, 'update'),
    kept: counted(changes, 'keep'),
    cancelled: dropped.length,
    problems: [...reading.problems],
    note: reading.steps.length === 0 ? noSteps(plan) : null,
  };
}

export const previewPlanSteps = defineOperation({
  id: 'artifact.planSteps',
  title: 'Preview the todos of a plan',
  summary:
    'Shows which todos a plan would create, update, keep or cancel if it became final now; changes nothing.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['artifact'],
  input: z.object({ artifact: artifactId }),
  output: z.object({
    source: z.enum(['data', 'markdown']).describe('Where the steps were read from'),
    steps: z.array(
      z.object({
        position: z.number().int(),
        title: z.string(),
        action: z.enum(['create', 'update', 'keep']),
        todo: todoId.nullable(),
        priority: z.enum(priorities).nullable(),
        parent: z.number().int().nullable(),
        dependsOn: z.array(z.number().int()),
      }),
    ),
    cancelled: z.array(todoLine),
    problems: z.array(z.string()),
    note: z.string().nullable(),
  }),
  run(context, input) {
    const plan = mustFind(context.tables.artifact, 'artifact', input.artifact);
    if (plan.type !== 'plan')
      refuseNow(
        'conflict',
        `Artifact ${plan.id} (${plan.title}) is a ${plan.type}, not a plan.`,
        'Only plans become todos.',
      );
    const { reading, changes, dropped } = previewPlan(context, plan);
    return ok({
      source: reading.source,
      steps: changes.map(({ position, step, action, todo, parent, dependsOn }) => ({
        position,
        title: step.title,
        action,
        todo: todo?.id ?? null,
        priority: step.priority,
        parent,
        dependsOn: [...dependsOn],
      })),
      cancelled: dropped.map(toTodoLine),
      problems: [...reading.problems],
      note: reading.steps.length === 0 ? noSteps(plan) : null,
    });
  },
});
