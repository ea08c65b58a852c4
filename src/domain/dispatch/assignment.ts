import type { Todo } from '../todo/todo.ts';
import type { DispatchRule } from './rule.ts';

/** Who is to do a todo; what is left out is the role's own. */
export interface Assignment {
  readonly role: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly effort: string | null;
  readonly budgetUsd: number | null;
  readonly script: string | null;
}

/** Who does which kind of work, where neither the todo nor a rule says. */
const usualRoles = {
  execute: 'coder',
  merge: 'coder',
  research: 'explorer',
  discuss: 'discuss',
  plan: 'plan',
  detail: 'detail',
  refine: 'refine',
  verify: 'reviewer',
  review: 'reviewer',
} as const satisfies Record<Todo['category'], string>;

const fits = (rule: DispatchRule, todo: Todo): boolean =>
  (rule.category === undefined || rule.category === todo.category) &&
  (rule.kind === undefined || rule.kind === todo.kind) &&
  (rule.priority === undefined || rule.priority === todo.priority);

/** What the todo says itself, else the first rule that fits it, else what is usual for its category. */
export function assignmentOf(todo: Todo, rules: readonly DispatchRule[]): Assignment {
  const rule = rules.find((one) => fits(one, todo));
  // A rule's model is one of the rule's provider: it says nothing about another.
  const ruled = todo.provider === null || todo.provider === rule?.provider ? rule : undefined;
  return {
    role: todo.role ?? rule?.role ?? usualRoles[todo.category],
    provider: todo.provider ?? rule?.provider ?? null,
    model: todo.model ?? ruled?.model ?? null,
    effort: todo.effort ?? ruled?.effort ?? null,
    budgetUsd: rule?.budgetUsd ?? null,
    script: ruled?.script ?? null,
  };
}
