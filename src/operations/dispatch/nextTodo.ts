import type { Instant } from '../../base/clock.ts';
import { liveAgentStatuses } from '../../domain/agent/agent.ts';
import { assignmentOf, type Assignment } from '../../domain/dispatch/assignment.ts';
import { compareHeads } from '../../domain/dispatch/order.ts';
import { Room } from '../../domain/dispatch/room.ts';
import type { SprintId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project/project.ts';
import { openTodoStatuses, type Todo } from '../../domain/todo/todo.ts';
import { accountFor } from '../account/chooseAccount.ts';
import { wantedProvider } from '../agent/chooseProvider.ts';
import type { OperationContext } from '../operation.ts';

/**
 * What dispatch does next with one todo. `start`: an agent takes it. `finish`: all below it is done and nothing of
 * its own is left to do.
 */
export interface Turn {
  readonly action: 'start' | 'finish';
  readonly todo: Todo;
  readonly assignment: Assignment;
}

export interface NextTurn {
  /** null where nothing is ready, or no room is left. */
  readonly turn: Turn | null;
  /** When an account is there again that something ready waits for; null where nothing waits for a time. */
  readonly againAt: Instant | null;
}

/** What the search has found of the surroundings on its way. */
interface Search {
  readonly room: Room;
  /** Times at which the accounts of passed-over todos are there again. */
  readonly waits: Instant[];
}

/** Whose turn it is now. */
export function nextTurn(context: OperationContext): NextTurn {
  const { tables, limits } = context;
  const search = { room: new Room(limits, tables.agent.all({ status: liveAgentStatuses })), waits: [] };
  if (search.room.left === 0) return { turn: null, againAt: null };
  const [best] = tables.project
    .all({ dispatch: 'on', status: 'active' })
    .flatMap((project) => turnsOf(context, project, search))
    .toSorted((a, b) => compareHeads(a.head, b.head));
  return { turn: best?.turn ?? null, againAt: search.waits.toSorted()[0] ?? null };
}

/** The best turn of each started sprint of the project, and of what is in no sprint. */
function turnsOf(context: OperationContext, project: Project, search: Search) {
  const { tables } = context;
  const { room } = search;
  const agentsOfProject = room.inProject(project.id);
  // A loop hands out its sprints' todos itself.
  const sprints = tables.sprint.all({ projectId: project.id, status: 'in_progress', origin: 'person' });
  const open = sprints.filter(({ id, wipLimit }) => room.forSprint(id, wipLimit));
  return [null, ...open.map(({ id }) => id)].flatMap((sprintId) => {
    const turn = firstOf(context, project, sprintId, search);
    return turn === null ? [] : [{ turn, head: { todo: turn.todo, agentsOfProject } }];
  });
}

/** The first todo that can be taken now: promoted ones, then by priority and age. */
function firstOf(
  context: OperationContext,
  project: Project,
  sprintId: SprintId | null,
  search: Search,
): Turn | null {
  for (const todo of readyTodos(context, project, sprintId)) {
    const turn = turnOf(context, project, todo, search);
    if (turn !== null) return turn;
  }
  return null;
}

function* readyTodos(
  { tables }: OperationContext,
  project: Project,
  sprintId: SprintId | null,
): Generator<Todo> {
  const isReady = (todo: Todo) => todo.status === 'pending' && todo.gate === 'auto';
  for (const todo of tables.todo.promoted())
    if (todo.projectId === project.id && todo.sprintId === sprintId && isReady(todo)) yield todo;
  let after: string | undefined;
  do {
    const page = tables.todo.ready({ projectId: project.id, sprintId }, { limit: 20, after });
    yield* page.items;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

function turnOf(context: OperationContext, project: Project, todo: Todo, search: Search): Turn | null {
  const { tables } = context;
  const assignment = assignmentOf(todo, project.dispatchRules);
  if (tables.todo.count({ parentId: todo.id, status: openTodoStatuses }) > 0) return null;
  const hasCriteria = todo.acceptanceCriteria.length + todo.successCriteria.length > 0;
  if (!hasCriteria && tables.todo.count({ parentId: todo.id, status: 'completed' }) > 0)
    return { action: 'finish', todo, assignment };
  // One whose role or provider is wrong has its turn all the same: starting it says what is wrong.
  const provider = plannedProvider(context, assignment);
  return provider === null || isFree(context, provider, search)
    ? { action: 'start', todo, assignment }
    : null;
}

function isFree(context: OperationContext, provider: string, { room, waits }: Search): boolean {
  if (!room.forProvider(provider)) return false;
  const choice = accountFor(context, provider);
  if (choice.kind === 'exhausted' && choice.until !== null) waits.push(choice.until);
  return choice.kind !== 'exhausted';
}

function plannedProvider(context: OperationContext, assignment: Assignment): string | null {
  const role = context.roles.find(assignment.role);
  return (role === undefined ? assignment.provider : wantedProvider(context, role, assignment)) ?? null;
}
