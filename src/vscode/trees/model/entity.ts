import type { OutputOf } from '../../../operations/client.ts';

export type ProjectRow = OutputOf<'project.rows'>['items'][number];
export type SprintRow = OutputOf<'sprint.rows'>['items'][number];
export type TodoRow = OutputOf<'todo.rows'>['items'][number];
export type ArtifactRow = OutputOf<'artifact.rows'>['items'][number];
export type LoopRow = OutputOf<'loop.rows'>['items'][number];
export type RoundRow = OutputOf<'loop.show'>['rounds'][number];
export type StageRow = RoundRow['stages'][number];
export type AgentRow = OutputOf<'agent.rows'>['items'][number];
export type MergeRow = OutputOf<'merge.rows'>['items'][number];
export type WorktreeRow = OutputOf<'worktree.rows'>['items'][number];
export type AccountRow = OutputOf<'account.list'>['items'][number];
export type DispatchRow = OutputOf<'dispatch.status'>['projects'][number];
export type InboxItem = OutputOf<'message.inbox'>['items'][number];

/** Parts of the merge queue's view. */
export type MergeGroup = 'waiting_approval' | 'conflict' | 'failed' | 'queued' | 'merged' | 'kept' | 'orphan';

/** What a row of a tree is about, as data; how it looks is derived (`../looks`). */
export type TreeRow =
  | {
      readonly kind: 'project';
      readonly project: ProjectRow;
      /** null: nothing of it is dispatched. */
      readonly dispatch: DispatchRow | null;
      /** How many agents may live in all. */
      readonly limit: number;
    }
  | { readonly kind: 'sprint'; readonly sprint: SprintRow; readonly matches: number | null }
  | {
      readonly kind: 'backlog';
      readonly ofProject: boolean;
      readonly count: number;
    }
  | { readonly kind: 'artifacts'; readonly ofProject: boolean; readonly count: number }
  | {
      readonly kind: 'todo';
      readonly todo: TodoRow;
      /** Its place in what dispatch does next, from 1; null: it is not among the first. */
      readonly turn: number | null;
    }
  | { readonly kind: 'artifact'; readonly artifact: ArtifactRow }
  | { readonly kind: 'loop'; readonly loop: LoopRow }
  | { readonly kind: 'round'; readonly loop: LoopRow; readonly round: RoundRow }
  | { readonly kind: 'stage'; readonly stage: StageRow; readonly waits: boolean }
  | { readonly kind: 'agent'; readonly agent: AgentRow; readonly unseen: boolean }
  | {
      readonly kind: 'agentGroup';
      readonly group: 'needed' | 'live' | 'ended';
      readonly count: number;
    }
  | { readonly kind: 'mergeGroup'; readonly group: MergeGroup; readonly count: number }
  | { readonly kind: 'merge'; readonly merge: MergeRow }
  | { readonly kind: 'worktree'; readonly worktree: WorktreeRow }
  | { readonly kind: 'provider'; readonly provider: string; readonly accounts: readonly AccountRow[] }
  | { readonly kind: 'account'; readonly account: AccountRow }
  | { readonly kind: 'inbox'; readonly item: InboxItem; readonly about: string | null }
  | { readonly kind: 'more'; readonly left: number }
  | { readonly kind: 'notice'; readonly message: string; readonly next: string };

/** A row with its place in the tree. */
export interface Entity {
  /** `todo:abc`: the same as long as the thing lives, so that what is open and selected survives a refresh. */
  readonly key: string;
  readonly noun: string;
  readonly id: string;
  readonly row: TreeRow;
  /** Keys of the rows that it stands below, `top` for the tree itself; none when it is not shown. */
  readonly places: readonly string[];
  /** Another value means: it has to move among its siblings. */
  readonly order: string | number;
  /** Keys of rows that tell of this one: counts, progress. */
  readonly toldBy: readonly string[];
  readonly children: 'none' | 'folded' | 'open';
}

/** The place of rows that stand below nothing. */
export const top = 'top';

export interface EntityPage {
  readonly items: readonly Entity[];
  readonly more: number;
  readonly next: string | null;
  /** Rows ahead of all pages, and behind them. */
  readonly head?: readonly Entity[];
  readonly tail?: readonly Entity[];
}

export const keyOf = (noun: string, id: string): string => `${noun}:${id}`;
