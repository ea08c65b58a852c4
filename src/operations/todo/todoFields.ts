import { z } from 'zod';
import { instant } from '../../domain/instant.ts';
import {
  priorities,
  successCriterion,
  title,
  todoCategories,
  todoGates,
  todoKinds,
} from '../../domain/todo/todo.ts';

/** What may be said of a todo when it is created or changed. */
export const todoFields = {
  title,
  description: z.string().max(100_000).describe('Markdown'),
  kind: z.enum(todoKinds),
  category: z.enum(todoCategories),
  gate: z.enum(todoGates).describe('auto: an agent may take it; else what a person has to do'),
  priority: z.enum(priorities),
  acceptanceCriteria: z.array(z.string().min(1)).describe('When it counts as done'),
  successCriteria: z.array(successCriterion).describe('The same, with how each is measured'),
  deadline: instant.nullable().describe('ISO 8601'),
  estimatedHours: z.number().nonnegative().nullable().describe('Hours of work'),
  role: z.string().min(1).nullable().describe('Role of its agent; null: by rule'),
  provider: z.string().min(1).nullable().describe('Of its agent'),
  model: z.string().min(1).nullable().describe('Of its agent'),
  effort: z.string().min(1).nullable().describe('Of its agent'),
  requiresApproval: z.boolean().nullable().describe("null: the project's setting holds"),
};
