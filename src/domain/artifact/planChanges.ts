import type { TodoId } from '../ids.ts';
import type { Todo } from '../todo/todo.ts';
import type { PlanStep } from './planStep.ts';

/** What approving a plan does about one of its steps. */
export interface PlanChange {
  /** Place of the step in the plan, from 1. */
  readonly position: number;
  readonly step: PlanStep;
  /** `keep`: its todo was started or decided, or nothing of it changes, or the step is ticked off. */
  readonly action: 'create' | 'update' | 'keep';
  readonly todo: Todo | null;
  /** Places of the steps whose todos its todo goes below and waits for; ticked-off steps have none. */
  readonly parent: number | null;
  readonly dependsOn: readonly number[];
}

export interface PlanChanges {
  readonly changes: readonly PlanChange[];
  /** Todos of steps that are no longer in the plan and that nobody has started: they are cancelled. */
  readonly dropped: readonly Todo[];
}

/**
 * Compares a plan with the todos made from it before (those with a plan position). A step is its todo's by the
 * same title, at the same place first; else by its place, as long as that todo was not started. So approving
 * again never doubles, and what was begun stays as it is.
 */
export function planChanges(
  steps: readonly PlanStep[],
  todos: readonly Todo[],
  dependenciesOf: (todo: TodoId) => readonly TodoId[],
): PlanChanges {
  const matched = match(steps, todos);
  const ofPlan = new Set(todos.map((todo) => todo.id));
  const hasTodo = (position: number): boolean =>
    matched.has(position - 1) || steps[position - 1]?.done === false;
  const todoAt = (position: number): TodoId | null => matched.get(position - 1)?.id ?? null;

  const changes = steps.map((step, index): PlanChange => {
    const todo = matched.get(index) ?? null;
    const dependsOn = step.dependsOn.filter(hasTodo);
    const parent = nearestParent(steps, step, hasTodo);
    const place = { position: index + 1, step, todo, parent, dependsOn };
    if (todo === null) return { ...place, action: step.done ? 'keep' : 'create' };
    const same =
      saysTheSame(todo, step, index + 1) &&
      todo.parentId === (parent === null ? null : todoAt(parent)) &&
      isSameSet(
        dependenciesOf(todo.id).filter((id) => ofPlan.has(id)),
        dependsOn.map(todoAt),
      );
    return { ...place, action: same || isStarted(todo) ? 'keep' : 'update' };
  });
  const used = new Set(matched.values());
  return { changes, dropped: todos.filter((todo) => !used.has(todo) && !isStarted(todo)) };
}

/** Somebody has worked on it or decided about it. A block by dependencies is nobody's decision. */
export const isStarted = (todo: Todo): boolean =>
  todo.status === 'in_progress' ||
  todo.status === 'completed' ||
  todo.status === 'cancelled' ||
  (todo.status === 'blocked' && todo.blockedReason !== null);

function match(steps: readonly PlanStep[], todos: readonly Todo[]): ReadonlyMap<number, Todo> {
  const matched = new Map<number, Todo>();
  const free = new Set(todos);
  const take = (fits: (todo: Todo, step: PlanStep, position: number) => boolean): void => {
    for (const [index, step] of steps.entries()) {
      if (matched.has(index)) continue;
      const todo = [...free].find((candidate) => fits(candidate, step, index + 1));
      if (todo === undefined) continue;
      matched.set(index, todo);
      free.delete(todo);
    }
  };
  take((todo, step, position) => todo.planPosition === position && isSameTitle(todo, step));
  take((todo, step) => isSameTitle(todo, step));
  take((todo, _step, position) => todo.planPosition === position && !isStarted(todo));
  return matched;
}

const plain = (title: string): string => title.toLowerCase().replace(/\s+/g, ' ').trim();
const isSameTitle = (todo: Todo, step: PlanStep): boolean => plain(todo.title) === plain(step.title);

const saysTheSame = (todo: Todo, step: PlanStep, position: number): boolean =>
  todo.title === step.title &&
  todo.description === step.description &&
  todo.planPosition === position &&
  (step.priority === null || step.priority === todo.priority);

const isSameSet = (left: readonly (TodoId | null)[], right: readonly (TodoId | null)[]): boolean =>
  left.length === right.length && left.every((id) => right.includes(id));

function nearestParent(
  steps: readonly PlanStep[],
  step: PlanStep,
  hasTodo: (position: number) => boolean,
): number | null {
  let at = step.parent;
  while (at !== null && !hasTodo(at)) at = steps[at - 1]?.parent ?? null;
  return at;
}
