import { z } from 'zod';
import { refuseNow } from '../../base/result.ts';
import { isLive, liveAgentStatuses, type Agent } from '../../domain/agent/agent.ts';
import { sprintId, todoId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message/message.ts';
import { whyNotResumable } from '../agent/whyNotResumable.ts';
import { callerSession, mustFind, requireProject } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';

/** How a sender says whom it means; see `resolveRecipient`. */
export const to = z
  .string()
  .trim()
  .min(1)
  .describe('An agent by name, todo:ID or sprint:ID (who works on it), person, or everyone');

/** To whom a message goes, and what it is about by that alone. */
export type Recipient = Pick<
  Message,
  'recipientKind' | 'recipientName' | 'recipientAgentId' | 'projectId' | 'sessionId' | 'sprintId' | 'todoId'
>;

/**
 * Finds out who is meant: `person`, `everyone`, `todo:ID` and `sprint:ID` (the agent that works on it now), else
 * an agent's name. With `mustAnswer` one that cannot answer is refused at once, so that nobody waits for nothing; one
 * that has ended can answer if its session can be resumed.
 */
export function resolveRecipient(context: OperationContext, to: string, mustAnswer: boolean): Recipient {
  if (to === 'person') return toGroup(context, 'person');
  if (to === 'everyone') return toGroup(context, 'everyone');
  const [, noun, id] = /^(todo|sprint):(.*)$/.exec(to) ?? [];
  const agent =
    noun === undefined || id === undefined
      ? byName(context, to, mustAnswer)
      : workingOn(context, noun === 'todo' ? 'todo' : 'sprint', id, mustAnswer);
  if (context.caller.kind === 'agent' && agent.id === context.caller.agentId)
    refuseNow('invalid', `${to} is you.`, 'Ask another agent or the person.');
  return {
    recipientKind: 'agent',
    recipientName: agent.name,
    recipientAgentId: agent.id,
    projectId: agent.projectId,
    sessionId: agent.sessionId,
    sprintId: agent.sprintId,
    todoId: agent.todoId,
  };
}

function toGroup(context: OperationContext, kind: 'person' | 'everyone'): Recipient {
  const { caller } = context;
  const ofAgent = caller.kind === 'agent' ? caller : null;
  if (kind === 'person' && caller.kind === 'person')
    refuseNow('invalid', 'The person is you.', 'Name an agent, todo:ID, sprint:ID or everyone.');
  return {
    recipientKind: kind,
    recipientName: kind === 'person' ? 'person' : null,
    recipientAgentId: null,
    // Everyone is everyone of one project: agents read nothing of another.
    projectId:
      ofAgent === null && kind === 'everyone'
        ? requireProject(context, undefined)
        : (ofAgent?.projectId ?? null),
    sessionId: callerSession(caller),
    sprintId: ofAgent?.sprintId ?? null,
    todoId: ofAgent?.todoId ?? null,
  };
}

function byName({ tables }: OperationContext, name: string, mustAnswer: boolean): Agent {
  const agent = tables.agent.findByName(name);
  if (agent === undefined) {
    const living = tables.agent
      .list({ status: liveAgentStatuses }, { limit: 5 })
      .items.map((other) => other.name);
    return refuseNow(
      'missing',
      `There is no agent ${name} here.`,
      living.length === 0
        ? 'No agent is running. Ask the person: --to person.'
        : `Running are: ${living.join(', ')}. Or ask the person: --to person.`,
    );
  }
  const obstacle = mustAnswer && !isLive(agent.status) ? whyNotResumable(agent) : null;
  if (obstacle !== null)
    refuseNow(
      'unavailable',
      `Agent ${name} is ${agent.status} and cannot be resumed to answer. ${obstacle.message}`,
      'Ask another agent, or the person: --to person.',
    );
  return agent;
}

/**
 * The agent that works on a todo or in a sprint now, the one started last where there are several; for a question
 * else one that worked there, has ended and can be resumed.
 */
function workingOn(
  context: OperationContext,
  noun: 'todo' | 'sprint',
  id: string,
  mustAnswer: boolean,
): Agent {
  const candidates = noun === 'todo' ? ofTodo(context, id) : ofSprint(context, id);
  const others = candidates.filter(
    ({ id: other }) => context.caller.kind !== 'agent' || other !== context.caller.agentId,
  );
  return (
    others.find(({ status }) => isLive(status)) ??
    (mustAnswer ? firstToResume(others) : undefined) ??
    refuseNow(
      'unavailable',
      `No other agent works on ${noun} ${id} now${mustAnswer ? ', and none that did can be resumed' : ''}.`,
      'Ask the person (--to person), or start an agent for it: sloop agent start.',
    )
  );
}

/** Those started for the todo, newest first, then who claimed or completed it. */
function ofTodo({ tables }: OperationContext, id: string): readonly Agent[] {
  const todo = mustFind(tables.todo, 'todo', todoId.safeParse(id).data ?? badId('todo', id));
  const byHand = [todo.assignee, todo.completedBy].flatMap((name) =>
    name === null ? [] : (tables.agent.findByName(name) ?? []),
  );
  return [...tables.agent.all({ todoId: todo.id }), ...byHand];
}

function ofSprint({ tables }: OperationContext, id: string): readonly Agent[] {
  const sprint = mustFind(tables.sprint, 'sprint', sprintId.safeParse(id).data ?? badId('sprint', id));
  return tables.agent.all({ sprintId: sprint.id });
}

/** One that ended by itself before one that was stopped; a dismissed one was sent away. */
function firstToResume(agents: readonly Agent[]): Agent | undefined {
  const able = agents.filter((agent) => agent.dismissedAt === null && whyNotResumable(agent) === null);
  return able.find(({ status }) => status === 'idle') ?? able[0];
}

const badId = (noun: string, id: string): never =>
  refuseNow(
    'invalid',
    `${id} is not the id of a ${noun}.`,
    `Write ${noun}:ID, as sloop ${noun} list shows it.`,
  );
