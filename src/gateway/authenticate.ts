import { millisecondsOf, type Clock } from '../base/clock.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { isLive, type Agent } from '../domain/agent/agent.ts';
import { surfaces, type AgentCaller, type Caller, type Surface } from '../domain/caller.ts';
import type { SessionId } from '../domain/ids.ts';
import type { RoleCatalog } from '../domain/role/role.ts';
import type { Session } from '../domain/session/session.ts';
import type { UnitOfWork } from '../domain/store.ts';
import { sameToken, tokenHash } from './tokens.ts';

/** Who calls, by which door. Derived from the connection alone, never from what the call says. */
export interface Identity {
  readonly caller: Caller;
  readonly surface: Surface;
}

export interface AuthenticateParts {
  readonly personToken: string;
  readonly personSession: () => SessionId | null;
  readonly store: UnitOfWork;
  readonly roles: RoleCatalog;
  readonly clock: Clock;
}

/** What a call says of itself besides its token. */
export interface CallHeaders {
  readonly surface?: string | undefined;
  readonly window?: string | undefined;
}

export type Authenticate = (token: string, headers: CallHeaders) => Result<Identity>;

/** An agent's last words may arrive just after its process has ended. */
const graceMs = 60_000;

/** The trail says by which door a change came: an agent must not pass for a window or for its own runner. */
const ofAgents: readonly Surface[] = ['mcp', 'cli', 'trpc'];

const fromOutside: readonly string[] = surfaces.filter((name) => name !== 'engine');

export function createAuthenticate(parts: AuthenticateParts): Authenticate {
  const person = (surface: Surface, window: string | undefined): Identity =>
    surface === 'runner'
      ? { caller: { kind: 'system', name: 'runner' }, surface }
      : {
          caller: {
            kind: 'person',
            name: 'person',
            sessionId: parts.personSession(),
            ...(window === undefined ? {} : { window }),
          },
          surface,
        };

  return (token, { surface: named, window }) => {
    const surface = (named ?? 'trpc') as Surface;
    if (!fromOutside.includes(surface))
      return refuse(
        'forbidden',
        `There is no surface ${named} to come in by.`,
        `Use one of: ${fromOutside.join(', ')}.`,
      );
    if (sameToken(token, parts.personToken)) return ok(person(surface, window));
    const known = agentOf(parts, token);
    if (known === undefined)
      return refuse(
        'forbidden',
        'This token is not valid, or no longer.',
        'Start or resume the agent to get a new one.',
      );
    if (!ofAgents.includes(surface))
      return refuse(
        'forbidden',
        `An agent does not come in as ${surface}.`,
        'Leave the surface header out, or use the sloop command.',
      );
    return ok({ caller: agentCaller(known.agent, known.session, parts.roles), surface });
  };
}

interface Known {
  readonly agent: Agent;
  readonly session: Session | undefined;
}

/** The agent whose present session has this token. A token of an earlier session, or of one long ended, is dead. */
function agentOf({ store, clock }: AuthenticateParts, token: string): Known | undefined {
  return store.read({ kind: 'all' }, (tables) => {
    const launch = tables.launch.findByToken(tokenHash(token));
    const agent = launch === undefined ? undefined : tables.agent.find(launch.agentId);
    if (agent === undefined || agent.sessionNumber !== launch?.sessionNumber) return undefined;
    const known = { agent, session: tables.session.find(agent.sessionId) };
    if (isLive(agent.status)) return known;
    const ended = agent.endedAt ?? agent.updatedAt;
    return millisecondsOf(clock.now()) - millisecondsOf(ended) <= graceMs ? known : undefined;
  });
}

const agentCaller = (agent: Agent, session: Session | undefined, roles: RoleCatalog): AgentCaller => ({
  kind: 'agent',
  name: agent.name,
  agentId: agent.id,
  role: agent.role,
  // A role whose file is gone leaves its agents the least.
  access: roles.find(agent.role)?.access ?? 'minimal',
  sessionId: agent.sessionId,
  parentSessionId: session?.origin === 'background' ? session.parentId : null,
  projectId: agent.projectId,
  sprintId: agent.sprintId,
  todoId: agent.todoId,
  stageId: agent.stageId,
  loopId: agent.loopId,
});
