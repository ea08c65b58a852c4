import { z } from 'zod';
import { priorities, todoCategories, todoKinds } from '../todo/todo.ts';

export const dispatchStates = ['off', 'on', 'paused'] as const;
export const isolations = ['worktree', 'none'] as const;

/** Who does which todos. What a rule leaves out fits every todo; what it does not name is the role's own. */
export const dispatchRule = z.object({
  category: z.enum(todoCategories).optional(),
  kind: z.enum(todoKinds).optional(),
  priority: z.enum(priorities).optional(),
  role: z.string().optional(),
  script: z.string().optional().describe('File that the scripted provider plays'),
  provider: z.string().optional(),
  model: z.string().optional(),
  effort: z.string().optional(),
  budgetUsd: z.number().positive().optional().describe('What an agent may cost at most'),
});
export type DispatchRule = z.infer<typeof dispatchRule>;
