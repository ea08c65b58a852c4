import { z } from 'zod';
import { priorities } from '../todo/todo.ts';

/** How many steps of one plan become todos. */
export const maxPlanSteps = 100;

const position = z.number().int().positive();

/** One step of a plan, as data beside the text. Steps refer to each other by their place in the list, from 1. */
export const planStep = z.object({
  title: z.string().trim().min(1, 'must not be empty'),
  description: z.string().default('').describe('Markdown'),
  priority: z.enum(priorities).nullable().default(null),
  parent: position.nullable().default(null).describe('Place of the earlier step that this is a part of'),
  dependsOn: z.array(position).default([]).describe('Places of steps that must be done first'),
  done: z.boolean().default(false).describe('Ticked off in the plan already: it becomes no todo'),
});
export type PlanStep = z.infer<typeof planStep>;

/** What a plan says is to be done, and what of it could not be understood. */
export interface PlanReading {
  readonly source: 'data' | 'markdown';
  readonly steps: readonly PlanStep[];
  readonly problems: readonly string[];
}
