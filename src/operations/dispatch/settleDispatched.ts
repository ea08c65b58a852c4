import type { Agent } from '../../domain/agent/agent.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project/project.ts';
import type { OperationContext } from '../operation.ts';
import { moveTodo } from '../todo/moveTodo.ts';

/**
 * What follows when an agent that dispatch started has ended without handing its todo in, and is not tried again.
 * Its todo would be given to the next agent at once, so it is taken out of dispatch until a person has looked.
 * What could not be started at all concerns every other todo too: then the dispatch of the project pauses instead.
 * It pauses as well when several agents in a row have come to nothing: else one fault would go through all todos.
 */
export function settleDispatched(context: OperationContext, agent: Agent): void {
  const { tables } = context;
  if (agent.origin !== 'dispatch' || agent.reported === 'done' || agent.todoId === null) return;
  const todo = tables.todo.find(agent.todoId);
  if (todo?.status !== 'pending') return;
  if (!agent.startRefused) moveTodo(context, todo, 'blocked', { blockedReason: reasonOf(agent) });
  const project = todo.projectId === null ? undefined : tables.project.find(todo.projectId);
  if (project?.dispatch !== 'on') return;
  if (agent.startRefused || isOneOfMany(context, project.id)) pause(context, project, agent);
}

function pause({ tables, now }: OperationContext, project: Project, agent: Agent): void {
  tables.project.update({ ...project, dispatch: 'paused', updatedAt: now });
  const attention = `${agent.attention ?? ''} Dispatch of ${project.slug} is paused; to go on: sloop dispatch start ${project.slug}.`;
  tables.agent.update({ ...agent, attention: attention.trim(), updatedAt: now });
}

/** Failures in a row, of whatever todo, after which something else than the todo must be wrong. */
const mostInARow = 3;

/** A person who stops agents one after the other is no fault. */
function isOneOfMany({ tables }: OperationContext, projectId: ProjectId): boolean {
  const last = tables.agent.ended({ projectId, origin: 'dispatch' }, mostInARow);
  return (
    last.length === mostInARow &&
    last.every(({ reported, status }) => reported === null && status !== 'stopped')
  );
}

function reasonOf({ name, status, stopRequestedBy, attention, attempt }: Agent): string {
  const how =
    status === 'stopped' && stopRequestedBy !== 'engine'
      ? `${name} was stopped by ${stopRequestedBy ?? 'someone'}.`
      : `${name} came to nothing${attempt > 1 ? ` in ${attempt} attempts` : ''}: ${attention ?? status}`;
  return `${how} Reopen it to have it done.`;
}
