import {
  isStarted,
  planChanges,
  type PlanChange,
  type PlanChanges,
} from '../../domain/artifact/planChanges.ts';
import type { PlanReading } from '../../domain/artifact/planStep.ts';
import { planSteps } from '../../domain/artifact/planSteps.ts';
import type { Artifact } from '../../domain/artifact/artifact.ts';
import type { TodoId } from '../../domain/ids.ts';
import type { Todo } from '../../domain/todo/todo.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import { settle, settleDependents } from '../todo/blocking.ts';
import { insertTodo } from '../todo/createTodos.ts';
import { addDependency, canDepend } from '../todo/todoDependencies.ts';
import { moveTodo } from '../todo/moveTodo.ts';

/** What becoming final did (or, as a preview, would do) to a plan's todos. */
export interface PlanEffect extends PlanChanges {
  readonly reading: PlanReading;
}

/** What approving this plan would do now. Changes nothing. */
export function previewPlan(
  context: OperationContext,
  plan: Pick<Artifact, 'id' | 'content' | 'metadata'>,
): PlanEffect {
  const reading = planSteps(plan);
  const { dependencies } = context.tables.todo;
  return { reading, ...planChanges(reading.steps, todosOf(context, plan), (id) => dependencies.of(id)) };
}

/** Todos that were made from the plan; those that a person linked to it have no place in it. */
export const todosOf = ({ tables }: OperationContext, plan: Pick<Artifact, 'id'>): readonly Todo[] =>
  tables.todo.all({ artifactId: plan.id }).filter((row) => row.planPosition !== null);

/** Creates, updates and cancels todos so that they are the plan's. Problems are told, never fatal: the stage holds. */
export function applyPlan(context: OperationContext, plan: Artifact): PlanEffect {
  const effect = previewPlan(context, plan);
  const { changes, dropped } = effect;
  const placed = new Map<number, TodoId>();
  const problems: string[] = [];
  dropOldLinks(context, plan, changes);
  for (const change of changes) {
    const row = placeTodo(context, plan, change, placed, problems);
    if (row !== null) placed.set(change.position, row.id);
  }
  linkTodos(context, changes, placed, problems);
  putInOrder(context, [...placed.values()]);
  for (const todo of dropped) {
    // Without its place it is no longer of the plan: a step that comes back gets a todo of its own.
    moveTodo(context, todo, 'cancelled', { planPosition: null });
    settleDependents(context, context.tables.todo.dependencies.dependents(todo.id));
  }
  return { ...effect, reading: { ...effect.reading, problems: [...effect.reading.problems, ...problems] } };
}

/** The todo of one step as it stands now: made, changed or only told its new place. */
function placeTodo(
  context: OperationContext,
  plan: Artifact,
  { step, todo, action, position, parent }: PlanChange,
  placed: ReadonlyMap<number, TodoId>,
  problems: string[],
): Todo | null {
  let parentId = parent === null ? null : (placed.get(parent) ?? null);
  if (todo === null) {
    if (action === 'keep') return null;
    const { projectId, sprintId, id: artifactId } = plan;
    const item = { title: step.title, description: step.description, priority: step.priority ?? undefined };
    return insertTodo(context, item, { projectId, sprintId, parentId, artifactId, planPosition: position });
  }
  if (parentId !== null && context.tables.todo.subtree(todo.id).includes(parentId)) {
    // Its new parent was started as a part of it, and what was started stays where it is.
    problems.push(`"${step.title}" stays above ${parentId}, which was started as a part of it.`);
    parentId = todo.parentId;
  } else if (parentId !== null && context.tables.todo.dependencies.path(parentId, todo.id) !== null) {
    // Below a todo that waits for it, it would wait for itself.
    problems.push(`"${step.title}" cannot lie below ${parentId}, which waits for it; it stays where it is.`);
    parentId = todo.parentId;
  }
  const told =
    action === 'keep'
      ? { ...todo, planPosition: position }
      : {
          ...todo,
          parentId,
          title: step.title,
          description: step.description,
          priority: step.priority ?? todo.priority,
          planPosition: position,
        };
  context.tables.todo.update({ ...told, updatedAt: context.now });
  return told;
}

const isOpenStep = ({ todo }: PlanChange): boolean => todo === null || !isStarted(todo);

/** Takes away what the plan no longer says, before anything is placed by what it says now. Started todos keep theirs. */
function dropOldLinks(context: OperationContext, plan: Artifact, changes: readonly PlanChange[]): void {
  const { dependencies } = context.tables.todo;
  const ofPlan = new Set(todosOf(context, plan).map(({ id }) => id));
  const idAt = new Map(changes.map(({ position, todo }) => [position, todo?.id]));
  for (const change of changes.filter(isOpenStep)) {
    if (change.todo === null) continue;
    const wanted = new Set(change.dependsOn.map((position) => idAt.get(position)));
    for (const on of dependencies.of(change.todo.id))
      if (ofPlan.has(on) && !wanted.has(on)) dependencies.remove(change.todo.id, on);
  }
}

/** Makes the dependencies among the plan's todos those of its steps. */
function linkTodos(
  context: OperationContext,
  changes: readonly PlanChange[],
  placed: ReadonlyMap<number, TodoId>,
  problems: string[],
): void {
  for (const change of changes.filter(isOpenStep)) {
    const id = placed.get(change.position);
    if (id === undefined) continue;
    for (const on of change.dependsOn.flatMap((position) => placed.get(position) ?? [])) {
      // Dependencies that were added by hand may lead back, and so may a parent.
      if (canDepend(context, id, on)) addDependency(context, id, on);
      else {
        context.tables.todo.dependencies.remove(id, on);
        problems.push(`"${change.step.title}" cannot wait for ${on}, which waits for it; this was left out.`);
      }
    }
    settle(context, id);
  }
}

/** Gives the plan's todos its order, when they do not have it. */
function putInOrder({ tables, now }: OperationContext, ids: readonly TodoId[]): void {
  const rows = ids.map((id) => mustFind(tables.todo, 'todo', id));
  if (rows.every((row, index) => index === 0 || (rows[index - 1]?.sortOrder ?? 0) < row.sortOrder)) return;
  let sortOrder = tables.todo.nextSortOrder();
  for (const row of rows) {
    tables.todo.update({ ...row, sortOrder, updatedAt: now });
    sortOrder += 1;
  }
}
