import type {
  MergeLine,
  MessageRow,
  ShownAgent,
  ShownMessage,
  ShownTodo,
  ShownUsage,
  WorktreeLine,
} from '../../../src/protocol/agent.ts';

/** All that the panel shows besides transcript and changes, as it was read at one moment. Never changed, only replaced. */
export interface AgentFacts {
  readonly agent: ShownAgent;
  /** When it was read, in milliseconds of this machine: running clocks go on from there. */
  readonly readAt: number;
  /** The oldest question with which it waits for the person. */
  readonly question: ShownMessage | null;
  readonly todo: ShownTodo | null;
  readonly sprint: { readonly id: string; readonly number: number; readonly title: string } | null;
  readonly project: { readonly id: string; readonly title: string } | null;
  readonly messages: readonly MessageRow[];
  /** Its worktrees that are on disk, one for each repository. */
  readonly worktrees: readonly WorktreeLine[];
  /** Merges of its todo, the newest of each state that counts. */
  readonly merges: readonly MergeLine[];
  /** What all agents of its todo have used. */
  readonly todoUsage: ShownUsage | null;
  /** Label of the account that it uses; null: the person's own login. */
  readonly account: string | null;
}

const live = ['starting', 'running', 'waiting_for_input'] as const satisfies readonly ShownAgent['status'][];

/** Whether it has, or is about to have, a process. */
export const isLive = ({ status }: Pick<ShownAgent, 'status'>): boolean => live.some((one) => one === status);

/** The question that the person is to answer first; null where it asks nothing of them. */
export const openQuestion = (agent: string, messages: readonly MessageRow[]): MessageRow | null =>
  messages.find(
    ({ status, senderAgentId, recipientKind }) =>
      status === 'pending' && senderAgentId === agent && recipientKind !== 'agent',
  ) ?? null;
