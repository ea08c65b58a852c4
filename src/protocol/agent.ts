import type { Result } from '../base/result.ts';
import type { OperationId, OutputOf } from '../operations/client.ts';
import type { ViewCalls, ViewHostCalls } from './view.ts';

/** What the agent panel may call. */
export const agentOperations = [
  'agent.show',
  'agent.rows',
  'agent.log',
  'agent.stop',
  'agent.resume',
  'agent.dismiss',
  'agent.deleteLog',
  'message.rows',
  'message.show',
  'message.send',
  'message.answer',
  'todo.show',
  'sprint.show',
  'project.show',
  'worktree.list',
  'merge.list',
  'usage',
  'account.list',
] as const satisfies readonly OperationId[];
export type { Result } from '../base/result.ts';
export type AgentOperation = (typeof agentOperations)[number];

export type ShownAgent = OutputOf<'agent.show'>;
export type LogPiece = OutputOf<'agent.log'>['items'][number];
export type MessageRow = OutputOf<'message.rows'>['items'][number];
export type ShownMessage = OutputOf<'message.show'>;
export type ShownTodo = OutputOf<'todo.show'>;
export type WorktreeLine = OutputOf<'worktree.list'>['items'][number];
export type MergeLine = OutputOf<'merge.list'>['items'][number];
export type ShownUsage = OutputOf<'usage'>;

export interface AgentSubject {
  readonly agent: string;
}

/** One file that an agent changed. */
export interface ChangedFile {
  readonly path: string;
  readonly oldPath: string | null;
  readonly kind: 'added' | 'modified' | 'deleted' | 'renamed';
  /** Lines; null where it is not text. */
  readonly added: number | null;
  readonly removed: number | null;
}

/** What an agent changed in one repository since its branch began, committed or not. */
export interface RepositoryChanges {
  /** Tells repositories of one agent apart. */
  readonly repository: string;
  readonly files: readonly ChangedFile[];
}

/** What the editor opens for the panel. Its agent is known there. */
export type AgentPlace =
  'terminal' | 'log' | 'prompt' | 'worktree' | 'worktreeTerminal' | 'merges' | 'accounts' | 'changes';

export type AgentHostCalls = ViewHostCalls<AgentOperation, AgentSubject> & {
  /** What it changed in git; an empty list where it has no worktree of its own. */
  changes(argument: null): Promise<Result<readonly RepositoryChanges[]>>;
  open(what: { readonly place: AgentPlace }): void;
  /** Opens one changed file in the editor's own diff. */
  openDiff(what: { readonly repository: string; readonly file: string }): void;
  /** Shows a row where it is at home: its tree, or a view of its own. */
  reveal(what: { readonly noun: 'todo' | 'sprint' | 'project' | 'loop'; readonly id: string }): void;
  openLink(to: { readonly url: string }): void;
  /** Asks the person in the editor's own dialog; true when they say yes. */
  confirm(what: {
    readonly message: string;
    readonly detail: string;
    readonly action: string;
  }): Promise<boolean>;
  /** The person has seen how this agent stands: it is news no more. */
  seen(argument: null): void;
};

export type AgentCalls = ViewCalls;
