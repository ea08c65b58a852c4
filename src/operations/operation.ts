import type { z } from 'zod';
import type { Instant } from '../base/clock.ts';
import type { Result } from '../base/result.ts';
import type { AccountRules } from '../domain/account/account.ts';
import type { Caller, Permission } from '../domain/caller.ts';
import type { AgentLimits } from '../domain/dispatch/limits.ts';
import type { IdSource } from '../domain/ids.ts';
import type { LoopCatalog } from '../domain/loop/definition.ts';
import type { RepositoryProbe } from '../domain/repository/repository.ts';
import type { RoleCatalog } from '../domain/role/role.ts';
import type { LogStore, Tables } from '../domain/store.ts';

/** Adjective-animal names; unique ones are the operation's care. */
export interface NameSource {
  next(): string;
}

/** Makes tokens. The token is shown once; only the hash is kept. */
export interface TokenSource {
  next(): { readonly token: string; readonly hash: string };
}

/** Providers that agents can be started with. */
export interface ProviderNames {
  list(): readonly string[];
  /** How its accounts are used; undefined where there is no such provider. */
  accounts(provider: string): AccountRules | undefined;
}

/** What operations may use besides rows. All of it is synchronous and handed in. */
export interface Surroundings {
  readonly ids: IdSource;
  readonly names: NameSource;
  readonly tokens: TokenSource;
  readonly roles: RoleCatalog;
  readonly loops: LoopCatalog;
  readonly providers: ProviderNames;
  readonly probe: RepositoryProbe;
  readonly logs: LogStore;
  /** Root of the workspace; agents work here unless they have a worktree. */
  readonly workspaceRoot: string;
  /** Where Sloop makes worktrees and clones; nothing outside of these is ever deleted. */
  readonly folders: { readonly worktrees: string; readonly repositories: string };
  readonly limits: AgentLimits;
}

export interface OperationContext extends Surroundings {
  readonly caller: Caller;
  /** One moment for the whole operation. */
  readonly now: Instant;
  readonly tables: Tables;
}

/**
 * - `read`: changes nothing and writes no event. `write`: changes. `destroy`: removes for good; takes `dryRun`.
 */
export type Effect = 'read' | 'write' | 'destroy';

/**
 * Where an operation can be reached by name; `view`: by the editor's trees alone. The engine reaches all of them.
 */
export type OperationSurface = 'mcp' | 'cli' | 'palette' | 'view';

export interface Operation<
  Id extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
> {
  /** `noun.verb`, or one word. Every wire name derives from it: MCP `todo_claim`, CLI `todo claim`. */
  readonly id: Id;
  readonly title: string;
  /** One sentence for people and agents: what it does and what it refuses. */
  readonly summary: string;
  readonly effect: Effect;
  readonly permission: Permission;
  readonly surfaces: readonly OperationSurface[];
  readonly input: Input;
  readonly output: Output;
  /** Fields that the CLI takes without a flag, in order. */
  readonly positional?: readonly string[];
  /**
   * Changes rows inside one transaction. Synchronous; never starts a process, waits or looks at the disk
   * beyond its context. A refusal (returned, or thrown as `Refused`) undoes everything.
   */
  run(context: OperationContext, input: z.output<Input>): Result<z.input<Output>>;
}

export const defineOperation = <Id extends string, Input extends z.ZodObject, Output extends z.ZodType>(
  operation: Operation<Id, Input, Output>,
): Operation<Id, Input, Output> => operation;

export const everySurface = ['mcp', 'cli', 'palette'] as const;
