import type { ProjectId } from '../../domain/ids.ts';
import type { Page } from '../../domain/page.ts';
import { openTodoStatuses } from '../../domain/todo/todo.ts';
import { toArtifactLine } from '../artifact/artifactLine.ts';
import { callerSession, currentProject } from '../lookup.ts';
import { toMessageLine } from '../message/messageLine.ts';
import { pendingQuestions, readerOf } from '../message/pendingQuestions.ts';
import type { OperationContext } from '../operation.ts';
import { toSprintLine } from '../sprint/sprintLine.ts';
import { progressOf } from '../sprint/sprintProgress.ts';
import { toTodoLine } from '../todo/todoLine.ts';

/** How much of each list goes into an agent's context; the lists' own operations show the rest. */
const size = { sprints: 10, todos: 20, subtodos: 20, artifacts: 10, messages: 20 };

const part = <T, Line>({ items, more }: Page<T>, toLine: (row: T) => Line) => ({
  items: items.map(toLine),
  more,
});

export function projectOf(context: OperationContext) {
  const id = currentProject(context);
  const found = id === null ? undefined : context.tables.project.find(id);
  if (found === undefined) return null;
  const { slug, title, description, mode } = found;
  return { id: found.id, slug, title, description, mode };
}

/** The caller's own sprint, and those of the project that are not complete. */
export function sprintsOf(context: OperationContext, project: ProjectId | null) {
  const { tables, caller } = context;
  const own =
    caller.kind === 'agent' && caller.sprintId !== null ? tables.sprint.find(caller.sprintId) : undefined;
  const status = ['planned', 'approved', 'in_progress', 'review', 'blocked', 'rejected'] as const;
  const sprints =
    project === null
      ? { items: [], more: 0, next: null }
      : tables.sprint.list({ projectId: project, status }, { limit: size.sprints });
  return {
    sprint:
      own === undefined
        ? null
        : { ...toSprintLine(own), goal: own.goal, acceptanceCriteria: own.acceptanceCriteria },
    sprints: part(sprints, (row) => ({ ...toSprintLine(row), progress: progressOf(context, row.id) })),
  };
}

/** The todo that the agent works on, with what those before it left behind. */
export function todoOf({ tables, caller }: OperationContext) {
  const found =
    caller.kind === 'agent' && caller.todoId !== null ? tables.todo.find(caller.todoId) : undefined;
  if (found === undefined) return null;
  const { id, title, description, status, priority, acceptanceCriteria, successCriteria } = found;
  const before = tables.todo.dependencies.of(id).flatMap((on) => tables.todo.find(on) ?? []);
  return {
    id,
    title,
    description,
    status,
    priority,
    acceptanceCriteria,
    successCriteria,
    before: before.map((row) => ({
      id: row.id,
      title: row.title,
      status: row.status,
      completionSummary: row.completionSummary,
    })),
    subtodos: part(tables.todo.list({ parentId: id }, { limit: size.subtodos }), toTodoLine),
  };
}

export function openTodosOf({ tables, caller }: OperationContext, project: ProjectId | null) {
  const sprint = caller.kind === 'agent' ? caller.sprintId : null;
  const where =
    sprint !== null
      ? { sprintId: sprint }
      : project !== null
        ? { projectId: project }
        : { sessionId: callerSession(caller), projectId: null };
  return part(tables.todo.list({ ...where, status: openTodoStatuses }, { limit: size.todos }), toTodoLine);
}

/** The loop's round as the agent of a stage should see it, with what the round before found. */
export function stageOf({ tables, caller }: OperationContext) {
  const stage =
    caller.kind === 'agent' && caller.stageId !== null ? tables.stage.find(caller.stageId) : undefined;
  const loop = stage === undefined ? undefined : tables.loop.find(stage.loopId);
  const round = stage === undefined ? undefined : tables.iteration.find(stage.iterationId);
  if (stage === undefined || loop === undefined || round === undefined) return null;
  const before = tables.iteration.all({ loopId: loop.id, number: round.number - 1 })[0];
  const stagesBefore = before === undefined ? [] : tables.stage.all({ iterationId: before.id });
  return {
    id: stage.id,
    loop: loop.id,
    name: stage.name,
    goal: loop.goal,
    round: round.number,
    maxIterations: loop.maxIterations,
    notes: stage.notes,
    findings: stagesBefore.flatMap((row) => row.findings),
  };
}

export function artifactsOf({ tables, caller }: OperationContext, project: ProjectId | null) {
  const where = project === null ? { sessionId: callerSession(caller) } : { projectId: project };
  return part(tables.artifact.recent(where, { limit: size.artifacts }), toArtifactLine);
}

/** Questions that wait for the caller, and notes and answers that are read by this. */
export function messagesOf(context: OperationContext) {
  const { tables, caller, now } = context;
  const reader = readerOf(caller);
  const questions = pendingQuestions(context);
  if (caller.kind === 'agent') for (const { id } of questions) tables.message.markRead(id, reader, now);
  const unread = tables.message.unread(reader, { limit: size.messages });
  for (const message of unread.items) tables.message.markRead(message.id, reader, now);
  return { questions: questions.map(toMessageLine), messages: part(unread, toMessageLine) };
}
