import { z } from 'zod';
import { ok, refuseNow } from '../../base/result.ts';
import { liveAgentStatuses } from '../../domain/agent/agent.ts';
import { sessionId, type SessionId } from '../../domain/ids.ts';
import { page, pageOf } from '../../domain/page.ts';
import { session, type Session } from '../../domain/session/session.ts';
import { openTodoStatuses, title } from '../../domain/todo/todo.ts';
import { given } from '../given.ts';
import { callerSession, mustFind, projectByRef } from '../lookup.ts';
import { mustBeQuiet } from '../mustBeQuiet.ts';
import { defineOperation, everySurface, type OperationContext } from '../operation.ts';
import { insertSession } from './insertSession.ts';
import { sessionLine, toSessionLine } from './sessionLine.ts';

const role = z.string().nullable().describe('Name of a role; null for none');
const project = z.string().describe('Project id or slug to make active');
const ref = sessionId.optional().describe('Your own when left out');

export const startSession = defineOperation({
  id: 'session.start',
  title: 'Start a session',
  summary: 'Opens a scope of its own for a group of agents, with an active project and a role.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['title'],
  input: z.object({ title, project: project.optional(), role: role.optional() }),
  output: session,
  run(context, input) {
    const { caller } = context;
    if (input.role != null) mustBeRole(context, input.role);
    const own = caller.kind === 'agent' ? caller.projectId : null;
    return ok(
      insertSession(context, {
        title: input.title,
        origin: caller.kind === 'agent' ? 'agent' : 'person',
        parentId: caller.kind === 'agent' ? caller.sessionId : null,
        projectId: input.project === undefined ? own : projectByRef(context, input.project).id,
        role: input.role ?? null,
      }),
    );
  },
});

export const listSessions = defineOperation({
  id: 'session.list',
  title: 'List sessions',
  summary: 'Lists sessions, open ones unless all are asked for.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  input: z.object({
    origin: z.array(session.shape.origin).optional(),
    project: z.string().optional().describe('Only those where this project is active, by id or slug'),
    parent: sessionId.optional().describe('Only those started from this one'),
    all: z.boolean().optional().describe('Closed ones too'),
    ...page,
  }),
  output: pageOf(sessionLine),
  run(context, input) {
    const list = context.tables.session.list(
      {
        origin: input.origin,
        projectId: input.project === undefined ? undefined : projectByRef(context, input.project).id,
        parentId: input.parent,
        status: input.all === true ? undefined : 'open',
      },
      input,
    );
    return ok({ ...list, items: list.items.map(toSessionLine) });
  },
});

export const showSession = defineOperation({
  id: 'session.show',
  title: 'Show a session',
  summary: 'Shows a session and how much work belongs to it.',
  effect: 'read',
  permission: 'read',
  surfaces: everySurface,
  positional: ['session'],
  input: z.object({ session: ref }),
  output: session.extend({
    agents: z.number().int(),
    liveAgents: z.number().int(),
    loops: z.number().int(),
    todos: z.number().int(),
    openTodos: z.number().int(),
    artifacts: z.number().int(),
  }),
  run(context, input) {
    const { tables } = context;
    const found = chosenSession(context, input.session);
    const of = { sessionId: found.id };
    return ok({
      ...found,
      agents: tables.agent.count(of),
      liveAgents: tables.agent.count({ ...of, status: liveAgentStatuses }),
      loops: tables.loop.count(of),
      todos: tables.todo.count(of),
      openTodos: tables.todo.count({ ...of, status: openTodoStatuses }),
      artifacts: tables.artifact.count(of),
    });
  },
});

export const updateSession = defineOperation({
  id: 'session.update',
  title: 'Change a session',
  summary: 'Changes title, role or active project of an open session; the session itself stays the same.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  input: z.object({
    session: ref,
    title: title.optional(),
    role: role.optional(),
    project: project.nullable().optional().describe('Project id or slug to make active; null for none'),
  }),
  output: session,
  run(context, input) {
    const found = chosenSession(context, input.session);
    if (found.status === 'closed')
      refuseNow('conflict', `Session ${found.id} is closed.`, 'Start another: sloop session start.');
    if (input.role != null) mustBeRole(context, input.role);
    const projectId = input.project == null ? input.project : projectByRef(context, input.project).id;
    const changed: Session = {
      ...found,
      ...given({ title: input.title, role: input.role, projectId }),
      lastActivityAt: context.now,
      updatedAt: context.now,
    };
    context.tables.session.update(changed);
    return ok(changed);
  },
});

export const closeSession = defineOperation({
  id: 'session.close',
  title: 'Close a session',
  summary: 'Ends a session in which nothing runs any more; what it made stays.',
  effect: 'write',
  permission: 'write',
  surfaces: everySurface,
  positional: ['session'],
  input: z.object({ session: ref }),
  output: session,
  run(context, input) {
    const found = chosenSession(context, input.session);
    if (found.status === 'closed')
      refuseNow('conflict', `Session ${found.id} is closed already.`, 'Nothing is left to do.');
    mustBeQuiet(context, `Session ${found.id}`, { sessionId: found.id });
    const closed: Session = {
      ...found,
      status: 'closed',
      lastActivityAt: context.now,
      updatedAt: context.now,
    };
    context.tables.session.update(closed);
    return ok(closed);
  },
});

/** The session that the input names, else the caller's. */
function chosenSession(context: OperationContext, id: SessionId | undefined): Session {
  const chosen =
    id ??
    callerSession(context.caller) ??
    refuseNow('invalid', 'No session is named, and you have none.', 'Name one: sloop session list.');
  return mustFind(context.tables.session, 'session', chosen);
}

function mustBeRole({ roles }: OperationContext, name: string): void {
  if (roles.find(name) !== undefined) return;
  const known = roles.list().map((known) => known.name);
  refuseNow('missing', `There is no role ${name}.`, `Roles are: ${known.join(', ')}.`);
}
