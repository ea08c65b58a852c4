import type { ShownAgent } from '../../../src/protocol/agent.ts';
import { isLive } from './facts.ts';

export type ActionName =
  | 'stop'
  | 'resume'
  | 'dismiss'
  | 'terminal'
  | 'log'
  | 'prompt'
  | 'worktree'
  | 'worktreeTerminal'
  | 'merges'
  | 'deleteLog';

/** What a button says. */
export const actionLooks = {
  stop: { icon: 'debug-stop', label: 'Stop', hint: 'Ends its process; what it claimed is given back' },
  resume: { icon: 'debug-continue', label: 'Resume', hint: 'Continues its session where it ended' },
  dismiss: { icon: 'check', label: 'Dismiss', hint: 'Takes it off the lists; what it said is kept' },
  terminal: { icon: 'terminal', label: 'Terminal', hint: 'Shows its terminal' },
  log: { icon: 'list-flat', label: 'Open the log as text', hint: 'All that it said and did' },
  prompt: { icon: 'comment-discussion', label: 'Open its first prompt', hint: 'What it was told' },
  worktree: {
    icon: 'multiple-windows',
    label: 'Open its worktree in a window',
    hint: 'The folder it works in',
  },
  worktreeTerminal: {
    icon: 'terminal-bash',
    label: 'Open a terminal in its worktree',
    hint: 'A shell of yours',
  },
  merges: { icon: 'git-merge', label: 'Show its merges', hint: 'Where its work is merged' },
  deleteLog: { icon: 'trash', label: 'Delete its log…', hint: 'Counts first what would go' },
} as const satisfies Record<ActionName, { icon: string; label: string; hint: string }>;

export interface Action {
  readonly name: ActionName;
  /** Why it cannot be done now; null when it can. */
  readonly why: string | null;
}

/** Buttons of the head, and what stands behind "…". `elsewhere`: what the banner offers already. */
export function actionsOf(
  agent: ShownAgent,
  hasWorktree: boolean,
  elsewhere: readonly ActionName[],
): { readonly bar: readonly Action[]; readonly menu: readonly Action[] } {
  const can = (name: ActionName, why: string | null = null): Action => ({ name, why });
  const own: readonly ActionName[] = [
    ...(hasWorktree ? (['worktree', 'worktreeTerminal'] as const) : []),
    ...(agent.branch === null ? [] : (['merges'] as const)),
  ];
  const bar = isLive(agent)
    ? [can('terminal'), can('stop')]
    : [
        can('terminal'),
        can('resume', agent.notResumable),
        ...(agent.dismissedAt === null ? [can('dismiss')] : []),
      ];
  return {
    bar: bar.filter(({ name }) => !elsewhere.includes(name)),
    menu: [...own, ...(['prompt', 'log', 'deleteLog'] as const)].map((name) => can(name)),
  };
}
