import type { Agent } from '../../domain/agent/agent.ts';
import type { OperationContext } from '../operation.ts';
import { moveTodo } from '../todo/moveTodo.ts';

/**
 * What follows when an agent that dispatch started has ended without handing its todo in, and is not tried again.
 * Its todo would be given to the next agent at once, so it is taken out of dispatch until a person has looked.
 * What could not be started at all concerns every other todo too: then the dispatch of the project pauses instead.
 */
export function settleDispatched(context: OperationContext, agent: Agent): void {
  const { tables, now } = context;
  if (agent.origin !== 'dispatch' || agent.reported === 'done' || agent.todoId === null) return;
  const todo = tables.todo.find(agent.todoId);
  if (todo?.status !== 'pending') return;
  const project = todo.projectId === null ? undefined : tables.project.find(todo.projectId);
  if (agent.startRefused && project?.dispatch === 'on')
    tables.project.update({ ...project, dispatch: 'paused', updatedAt: now });
  else if (!agent.startRefused) moveTodo(context, todo, 'blocked', { blockedReason: reasonOf(agent) });
}

function reasonOf({ name, status, stopRequestedBy, attention, attempt }: Agent): string {
  const how =
    status === 'stopped' && stopRequestedBy !== 'engine'
      ? `${name} was stopped by ${stopRequestedBy ?? 'someone'}.`
      : `${name} came to nothing${attempt > 1 ? ` in ${attempt} attempts` : ''}: ${attention ?? status}`;
  return `${how} Reopen it to have it done.`;
}
