import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { artifactId, sprintId, todoId, type TodoId } from '../../domain/ids.ts';
import { title, type Todo } from '../../domain/todo/todo.ts';
import { insertFresh } from '../insertFresh.ts';
import { callerSession, chosenProject, mustFind } from '../lookup.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { settle } from './blocking.ts';
import { addDependency } from './todoDependencies.ts';
import { todoFields } from './todoFields.ts';
import { todoLine, toTodoLine } from './todoLine.ts';

const optionalFields = z.object(todoFields).omit({ title: true }).partial();

// Criteria with their measures are a list of objects; within items that would be one level too many.
const item = optionalFields.omit({ successCriteria: true }).extend({
  title,
  ref: z.string().optional().describe('A name by which other items of this call mean this one'),
  parent: z.string().optional().describe('Todo id, or the ref of an earlier item'),
  dependsOn: z.array(z.string()).optional().describe('Todo ids or refs of items'),
});
type Item = z.output<typeof item> & Pick<z.output<typeof optionalFields>, 'successCriteria'>;

export const createTodos = defineOperation({
  id: 'todo.create',
  title: 'Create todos',
  summary: 'Creates one todo, or up to 100 at once with nesting and dependencies; all or none.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['title'],
  input: optionalFields.extend({
    title: title.optional().describe('Title of the one todo; or give items'),
    project: z.string().optional().describe('Project id or slug; the active project when left out'),
    sprint: sprintId.optional(),
    parent: todoId.optional(),
    artifact: artifactId.optional().describe('The plan that they come from'),
    dependsOn: z.array(todoId).optional().describe('Todos that must be done first'),
    items: z.array(item).min(1).max(100).optional().describe('Several todos at once'),
  }),
  output: z.object({ todos: z.array(todoLine) }),
  run(context, input) {
    const { project, sprint, parent, artifact, items, title: single, ...fields } = input;
    const wanted = itemsOf(items, single === undefined ? undefined : { ...fields, title: single });
    const place = placeOf(context, { project, sprint, parent });
    if (artifact !== undefined) mustFind(context.tables.artifact, 'artifact', artifact);
    return ok({
      todos: createAll(context, wanted, { ...place, artifactId: artifact ?? null }).map(toTodoLine),
    });
  },
});

function itemsOf(items: readonly Item[] | undefined, single: Item | undefined): readonly Item[] {
  if (items !== undefined && single !== undefined)
    refuseNow(
      'invalid',
      'Both a title and items are given.',
      'Give a title for one todo, or items for several.',
    );
  return (
    items ??
    (single === undefined
      ? refuseNow('invalid', 'A todo needs a title.', 'Give a title, or items for several todos.')
      : [single])
  );
}

export type Place = Pick<Todo, 'projectId' | 'sprintId' | 'parentId' | 'artifactId'> &
  Partial<Pick<Todo, 'planPosition'>>;

/** Where the new todos go. A sprint or a parent decides the project; naming another one is refused. */
function placeOf(
  context: OperationContext,
  named: { project?: string | undefined; sprint?: Todo['sprintId'] | undefined; parent?: TodoId | undefined },
): Omit<Place, 'artifactId'> {
  const { tables, caller } = context;
  const parent = named.parent === undefined ? undefined : mustFind(tables.todo, 'todo', named.parent);
  const ownSprint = caller.kind === 'agent' && named.project === undefined ? caller.sprintId : null;
  const sprintId = named.sprint ?? parent?.sprintId ?? ownSprint;
  const sprint = sprintId === null ? undefined : mustFind(tables.sprint, 'sprint', sprintId);
  const implied = sprint?.projectId ?? parent?.projectId;
  const projectId =
    named.project === undefined && implied !== undefined ? implied : chosenProject(context, named.project);
  if (implied !== undefined && implied !== projectId)
    refuseNow(
      'invalid',
      'The sprint or parent belongs to another project.',
      'Leave the project out, or name theirs.',
    );
  return { projectId, sprintId: sprint?.id ?? null, parentId: parent?.id ?? null };
}

/** Creates the items in order: parents by ref or id, dependencies after all exist. Returns the rows as they stand then. */
export function createAll(context: OperationContext, items: readonly Item[], place: Place): readonly Todo[] {
  const byRef = new Map<string, TodoId>();
  const idOf = (name: string): TodoId => byRef.get(name) ?? existing(context, name);
  const created = items.map((item) => {
    const parentId = item.parent === undefined ? place.parentId : idOf(item.parent);
    const row = insertTodo(context, item, { ...place, parentId });
    if (item.ref !== undefined) rememberRef(byRef, item.ref, row.id);
    return row.id;
  });
  items.forEach((item, index) => {
    const id = created[index];
    if (id === undefined) return;
    for (const name of item.dependsOn ?? []) addDependency(context, id, idOf(name));
    settle(context, id);
  });
  return created.map((id) => mustFind(context.tables.todo, 'todo', id));
}

function rememberRef(byRef: Map<string, TodoId>, ref: string, id: TodoId): void {
  if (byRef.has(ref))
    refuseNow('invalid', `Two items have the ref ${ref}.`, 'Give each item a ref of its own.');
  byRef.set(ref, id);
}

function existing(context: OperationContext, name: string): TodoId {
  const id = todoId.safeParse(name);
  if (!id.success)
    refuseNow(
      'invalid',
      `${name} is neither a todo id nor the ref of an item.`,
      'Parents must stand before their children.',
    );
  return mustFind(context.tables.todo, 'todo', id.data).id;
}

/** Makes one todo at its place; dependencies and the block that they put on it are the caller's care. */
export function insertTodo(context: OperationContext, item: Item, place: Place): Todo {
  const { tables, caller, now } = context;
  const project = place.projectId === null ? undefined : tables.project.find(place.projectId);
  const needsApproval = item.requiresApproval ?? project?.todosRequireApproval ?? false;
  return insertFresh(context, tables.todo, 'todo', {
    ...place,
    title: item.title,
    description: item.description ?? '',
    kind: item.kind ?? 'task',
    category: item.category ?? 'execute',
    gate: item.gate ?? 'auto',
    priority: item.priority ?? 'medium',
    // A person's own todo needs nobody's approval.
    status: needsApproval && caller.kind === 'agent' ? 'pending_approval' : 'pending',
    sortOrder: tables.todo.nextSortOrder(),
    sessionId: callerSession(caller),
    planPosition: place.planPosition ?? null,
    assignee: null,
    createdBy: caller.name,
    completedBy: null,
    requiresApproval: item.requiresApproval ?? null,
    acceptanceCriteria: item.acceptanceCriteria ?? [],
    successCriteria: item.successCriteria ?? [],
    deadline: item.deadline ?? null,
    estimatedHours: item.estimatedHours ?? null,
    actualHours: null,
    completionSummary: null,
    feedbackQuality: null,
    feedbackTimeliness: null,
    feedbackNotes: null,
    role: item.role ?? null,
    provider: item.provider ?? null,
    model: item.model ?? null,
    effort: item.effort ?? null,
    promotedAt: null,
    blockedReason: null,
    createdAt: now,
    updatedAt: now,
    completedAt: null,
  });
}
