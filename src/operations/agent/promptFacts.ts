import type { Agent } from '../../domain/agent/agent.ts';
import type { Role } from '../../domain/role/role.ts';
import { openTodoStatuses } from '../../domain/todo/todo.ts';
import type { OperationContext } from '../operation.ts';
import type { PromptFacts } from './composePrompt.ts';

const rosterSize = 30;

/** Gathers what the first prompt says of the agent's surroundings. */
export function promptFacts(
  { tables }: OperationContext,
  agent: Agent,
  role: Role,
  task: string,
  workingFolder: string,
): PromptFacts {
  const todo = agent.todoId === null ? null : (tables.todo.find(agent.todoId) ?? null);
  const roster = tables.todo.list(
    agent.sprintId !== null
      ? { sprintId: agent.sprintId, status: openTodoStatuses }
      : agent.projectId !== null
        ? { projectId: agent.projectId, status: openTodoStatuses }
        : { sessionId: agent.sessionId, status: openTodoStatuses },
    { limit: rosterSize },
  );
  const earlier =
    todo === null
      ? []
      : tables.todo.dependencies
          .of(todo.id)
          .flatMap((id) => tables.todo.find(id) ?? [])
          .filter((dependency) => dependency.status === 'completed');
  return {
    name: agent.name,
    role,
    workingFolder,
    project: agent.projectId === null ? null : (tables.project.find(agent.projectId) ?? null),
    sprint: agent.sprintId === null ? null : (tables.sprint.find(agent.sprintId) ?? null),
    roster: { todos: roster.items, more: roster.more },
    todo,
    earlier,
    before: todo === null ? null : (tables.agent.list({ todoId: todo.id }, { limit: 1 }).items[0] ?? null),
    inStage: agent.stageId !== null,
    task,
  };
}
