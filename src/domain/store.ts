import type { Instant } from '../base/clock.ts';
import type { Account } from './account/account.ts';
import type { Agent, Launch, Progress } from './agent/agent.ts';
import type { LogChunk } from './agent/logChunk.ts';
import type { Artifact, Comment, Version } from './artifact/artifact.ts';
import type { Scope } from './caller.ts';
import type { Event } from './event/event.ts';
import type { AgentId, Noun, ProjectId, RepositoryId, SprintId, TodoId } from './ids.ts';
import type { Attempt, Iteration, Loop, Stage } from './loop/loop.ts';
import type { Merge } from './merge/merge.ts';
import type { Message } from './message/message.ts';
import type { Page, PageRequest } from './page.ts';
import type { Project } from './project/project.ts';
import type { Proposal } from './proposal/proposal.ts';
import type { Repository } from './repository/repository.ts';
import type { Session } from './session/session.ts';
import type { Sprint } from './sprint/sprint.ts';
import type { Todo } from './todo/todo.ts';
import type { Worktree } from './worktree/worktree.ts';

/** Rows to choose by: each field equals the value, or one of the values. Fields left out or undefined do not matter. */
export type Where<T> = { readonly [K in keyof T]?: T[K] | readonly T[K][] | undefined };

/**
 * The rows of one noun. Every method sees and changes only what the caller of the operation reaches:
 * the rest is as if it were not there, and writing it is refused.
 */
export interface Table<T extends { readonly id: string }> {
  find(id: T['id']): T | undefined;
  insert(row: T): void;
  /** Whether any row has this id, also one out of the caller's reach: ids are never given twice. */
  isTaken(id: string): boolean;
  /** Replaces the row of the same id. Which fields changed becomes the event. */
  update(row: T): void;
  /** Deletes the row; what depends on it follows by the schema's rules. */
  remove(id: T['id']): void;
  /** One page in the noun's own order. */
  list(where: Where<T>, page: PageRequest): Page<T>;
  /** All matching rows in the noun's own order. Only where their number is bounded by nature, such as a round's stages. */
  all(where: Where<T>): readonly T[];
  count(where: Where<T>): number;
}

/** "This waits for that" among rows of one noun. */
export interface Dependencies<Id> {
  of(id: Id): readonly Id[];
  dependents(id: Id): readonly Id[];
  add(id: Id, dependsOn: Id): void;
  remove(id: Id, dependsOn: Id): boolean;
  /** The chain from `from` to `to` along what each waits for (its parent counts), both ends included; null where there is none. */
  path(from: Id, to: Id): readonly Id[] | null;
}

export interface ReadyFilter {
  readonly projectId?: ProjectId | undefined;
  /** null: those without a sprint. */
  readonly sprintId?: SprintId | null | undefined;
}

export interface TodoTable extends Table<Todo> {
  readonly dependencies: Dependencies<TodoId>;
  /** What it waits for, itself or through a todo that it lies below, and what is neither completed nor cancelled. */
  openDependencies(id: TodoId): readonly Todo[];
  /** Pending, gate auto, nothing open to wait for, no sprint or one in progress; by priority, then age. */
  ready(filter: ReadyFilter, page: PageRequest): Page<Todo>;
  /** Ready but for their gate: what only a person can do, verify or decide; by priority, then age. */
  gated(page: PageRequest): Page<Todo>;
  /** Those that a person asked to run next, in the order of asking. */
  promoted(): readonly Todo[];
  /** Full-text search in titles and descriptions, best first. */
  search(text: string, page: PageRequest): Page<Todo>;
  /** The todo and everything below it, parents before children. */
  subtree(id: TodoId): readonly TodoId[];
  /** A sort order after every sibling. */
  nextSortOrder(): number;
}

export interface SprintTable extends Table<Sprint> {
  readonly dependencies: Dependencies<SprintId>;
  /** Next number in the project; never one that was used before. */
  nextNumber(project: ProjectId): number;
}

export interface ProjectTable extends Table<Project> {
  findBySlug(slug: string): Project | undefined;
  repositories(project: ProjectId): readonly RepositoryId[];
  addRepository(project: ProjectId, repository: RepositoryId): void;
  removeRepository(project: ProjectId, repository: RepositoryId): void;
}

export interface ArtifactTable extends Table<Artifact> {
  search(text: string, page: PageRequest): Page<Artifact>;
  /** Those that changed last, newest first. */
  recent(where: Where<Artifact>, page: PageRequest): Page<Artifact>;
  /** A sort order after every sibling. */
  nextSortOrder(): number;
}

export interface AgentTable extends Table<Agent> {
  findByName(name: string): Agent | undefined;
  /** Whether any agent has this name, also one out of the caller's reach: names are unique in the workspace. */
  isNameTaken(name: string): boolean;
  /** Those that a person should look at and has not dismissed, longest waiting first. */
  needingAttention(page: PageRequest): Page<Agent>;
  /** The last ones that have ended, newest first. */
  ended(where: Where<Agent>, limit: number): readonly Agent[];
  /** What these agents have used, by provider. */
  usage(where: Where<Agent>): readonly Usage[];
}

/** What the agents of one provider have used together. */
export interface Usage {
  readonly provider: string;
  readonly agents: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
}

export interface LaunchTable extends Table<Launch> {
  findByToken(tokenHash: string): Launch | undefined;
}

/** A reader's mark on messages; the reader is an agent's id or `person`. */
export interface MessageTable extends Table<Message> {
  /** Notes and answers to this reader (or everyone), not sent by them, not yet marked read; oldest first. */
  unread(reader: AgentId | 'person', page: PageRequest): Page<Message>;
  markRead(message: Message['id'], reader: AgentId | 'person', now: Instant): void;
}

export interface EventTable {
  append(event: Omit<Event, 'sequence'>): Event;
  /** `since`: only those after this sequence. */
  list(
    where: Where<Event>,
    page: PageRequest & { readonly newestFirst: boolean; readonly since?: number | undefined },
  ): Page<Event>;
  /** The next events after this sequence number, oldest first: for readers that follow. */
  since(sequence: number, limit: number): readonly Event[];
  latest(): number;
}

/** Results of writes that a client named by a request id, so that a repeated request does nothing twice. */
export interface RequestTable {
  find(id: string): { readonly value: unknown } | undefined;
  remember(id: string, value: unknown, now: Instant): void;
  forgetBefore(moment: Instant): void;
}

/** Every noun's rows, as one caller reaches them, inside one transaction. */
export interface Tables {
  readonly project: ProjectTable;
  readonly repository: Table<Repository>;
  readonly sprint: SprintTable;
  readonly todo: TodoTable;
  readonly artifact: ArtifactTable;
  readonly version: Table<Version>;
  readonly comment: Table<Comment>;
  readonly session: Table<Session>;
  readonly agent: AgentTable;
  readonly launch: LaunchTable;
  readonly progress: Table<Progress>;
  readonly loop: Table<Loop>;
  readonly iteration: Table<Iteration>;
  readonly stage: Table<Stage>;
  readonly attempt: Table<Attempt>;
  readonly message: MessageTable;
  readonly worktree: Table<Worktree>;
  readonly merge: Table<Merge>;
  readonly proposal: Table<Proposal>;
  readonly account: Table<Account>;
  readonly event: EventTable;
  readonly request: RequestTable;
}

/** One row's change inside a unit of work, in the order in which it happened. */
export interface RowChange {
  readonly noun: Noun;
  readonly entityId: string;
  readonly action: 'created' | 'updated' | 'deleted';
  readonly from: Readonly<Record<string, unknown>> | null;
  readonly to: Readonly<Record<string, unknown>> | null;
  readonly projectId: ProjectId | null;
  readonly sessionId: Session['id'] | null;
}

/** Transactions over the tables. A job is synchronous; whatever it throws undoes it wholly. */
export interface UnitOfWork {
  /** Resolves when the changes are on disk. */
  write<T>(scope: Scope, job: (tables: Tables, changes: readonly RowChange[]) => T): Promise<T>;
  read<T>(scope: Scope, job: (tables: Tables) => T): T;
}

/** Agents' output: many, large, and not worth a backup; kept apart from the tables. */
export interface LogStore {
  /** Takes chunks in; they are on disk when the surrounding operation is acknowledged. */
  append(chunks: readonly Omit<LogChunk, 'sequence'>[]): void;
  list(
    where: { agentId: AgentId; sessionNumber?: number | undefined; text?: string | undefined },
    page: PageRequest & { readonly newestFirst: boolean },
  ): Page<LogChunk>;
  /** Forgets an agent's output; says how many chunks went. */
  remove(agentId: AgentId): number;
}
