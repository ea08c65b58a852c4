import { refuseNow } from '../../base/result.ts';
import { isLive, liveAgentStatuses, type Agent } from '../../domain/agent/agent.ts';
import { sprintId, todoId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message/message.ts';
import { callerSession, mustFind, requireProject } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';

/** To whom a message goes, and what it is about by that alone. */
export type Recipient = Pick<
  Message,
  'recipientKind' | 'recipientName' | 'recipientAgentId' | 'projectId' | 'sessionId' | 'sprintId' | 'todoId'
>;

/**
 * Finds out who is meant: `person`, `everyone`, `todo:ID` and `sprint:ID` (the agent that works on it now), else
 * an agent's name. With `mustAnswer` one that cannot answer is refused at once, so that nobody waits for nothing.
 */
export function resolveRecipient(context: OperationContext, to: string, mustAnswer: boolean): Recipient {
  if (to === 'person') return toGroup(context, 'person');
  if (to === 'everyone') return toGroup(context, 'everyone');
  const [, noun, id] = /^(todo|sprint):(.*)$/.exec(to) ?? [];
  const agent =
    noun === undefined || id === undefined
      ? byName(context, to, mustAnswer)
      : workingOn(context, noun === 'todo' ? 'todo' : 'sprint', id);
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
  if (mustAnswer && !isLive(agent.status))
    refuseNow(
      'unavailable',
      `Agent ${name} is ${agent.status} and cannot answer.`,
      `Resume it (sloop agent resume ${name}), or ask the person: --to person.`,
    );
  return agent;
}

/** The agent that works on a todo or in a sprint now, the one started last where there are several. */
function workingOn(context: OperationContext, noun: 'todo' | 'sprint', id: string): Agent {
  const { tables, caller } = context;
  const living = (where: Partial<Pick<Agent, 'todoId' | 'sprintId' | 'name'>>): Agent | undefined =>
    tables.agent
      .all({ ...where, status: liveAgentStatuses })
      .find((agent) => caller.kind !== 'agent' || agent.id !== caller.agentId);
  let agent: Agent | undefined;
  if (noun === 'todo') {
    const todo = mustFind(tables.todo, 'todo', todoId.safeParse(id).data ?? badId(noun, id));
    agent =
      living({ todoId: todo.id }) ?? (todo.assignee === null ? undefined : living({ name: todo.assignee }));
  } else {
    const sprint = mustFind(tables.sprint, 'sprint', sprintId.safeParse(id).data ?? badId(noun, id));
    agent = living({ sprintId: sprint.id });
  }
  return (
    agent ??
    refuseNow(
      'unavailable',
      `No other agent works on ${noun} ${id} now.`,
      'Ask the person (--to person), or start an agent for it: sloop agent start.',
    )
  );
}

const badId = (noun: string, id: string): never =>
  refuseNow(
    'invalid',
    `${id} is not the id of a ${noun}.`,
    `Write ${noun}:ID, as sloop ${noun} list shows it.`,
  );
