import type { AccessLevel } from './role/role.ts';
import type { AgentId, LoopId, ProjectId, SessionId, SprintId, StageId, TodoId } from './ids.ts';

/** Through which door a call came. */
export const surfaces = ['mcp', 'cli', 'palette', 'view', 'trpc', 'engine', 'runner'] as const;
export type Surface = (typeof surfaces)[number];

/** The person at the keyboard (or their CLI), with the session their work belongs to. */
export interface PersonCaller {
  readonly kind: 'person';
  readonly name: 'person';
  readonly sessionId: SessionId | null;
  /** The window they sit at, where it can run agents: what they start there runs there. */
  readonly window?: string;
}

/** One agent, as its token says: it never types who it is or where it works. */
export interface AgentCaller {
  readonly kind: 'agent';
  readonly name: string;
  readonly agentId: AgentId;
  readonly role: string;
  readonly access: AccessLevel;
  readonly sessionId: SessionId;
  /** The session that a background agent was started from: it may read the artifacts there. */
  readonly parentSessionId?: SessionId | null;
  readonly projectId: ProjectId | null;
  readonly sprintId: SprintId | null;
  readonly todoId: TodoId | null;
  readonly stageId: StageId | null;
  readonly loopId: LoopId | null;
}

/** Sloop itself: the engine acting on committed events, and `sloop run` reporting about its agent. */
export interface SystemCaller {
  readonly kind: 'system';
  readonly name: 'engine' | 'runner';
}

export type Caller = PersonCaller | AgentCaller | SystemCaller;

/** The window that agents which this caller starts belong to; null where any host will do. */
export const windowOf = (caller: Caller): string | null =>
  caller.kind === 'person' ? (caller.window ?? null) : null;

/**
 * What an operation asks of its caller.
 * - `read`: look. `report`: say how one's own work goes. `comment`: ask, answer, remark. `write`: change.
 * - `person`: a decision that is the person's alone. `system`: Sloop's own bookkeeping.
 */
export type Permission = 'read' | 'report' | 'comment' | 'write' | 'person' | 'system';

const byAccess = {
  minimal: ['read', 'report'],
  'read-only': ['read', 'report', 'comment'],
  'read-only-shell': ['read', 'report', 'comment'],
  full: ['read', 'report', 'comment', 'write'],
} as const satisfies Record<AccessLevel, readonly Permission[]>;

const ofPerson: readonly Permission[] = ['read', 'report', 'comment', 'write', 'person'];

export function permissionsOf(caller: Caller): readonly Permission[] {
  switch (caller.kind) {
    case 'person':
      return ofPerson;
    case 'agent':
      return byAccess[caller.access];
    case 'system':
      return [...ofPerson, 'system'];
  }
}

/**
 * Which rows a caller reaches: all of them, or only those of one project and one session.
 * A row is in reach when its project is the caller's, or when it has no project and its session is the caller's.
 */
export type Scope =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'project';
      readonly projectId: ProjectId | null;
      readonly sessionId: SessionId;
      /** A session whose artifacts may be read besides, never changed. */
      readonly readsSession?: SessionId | null;
    };

export const scopeOf = (caller: Caller): Scope =>
  caller.kind === 'agent'
    ? {
        kind: 'project',
        projectId: caller.projectId,
        sessionId: caller.sessionId,
        readsSession: caller.parentSessionId ?? null,
      }
    : { kind: 'all' };
