import type { Agent } from '../../domain/agent/agent.ts';
import { mustFind } from '../lookup.ts';
import { inAPrompt, takeMessages } from '../message/takeMessages.ts';
import type { OperationContext } from '../operation.ts';
import { reuseWorktrees } from '../worktree/keepWorktrees.ts';
import { moveAgent } from './moveAgent.ts';
import { claimFor, insertLaunch } from './startAgent.ts';

export interface Restart {
  /** What to tell it as it goes on. */
  readonly prompt: string;
  /** The window that is to run it; null: any. */
  readonly window: string | null;
  /** Which start in a row this is; one that somebody asked for begins anew with 1. */
  readonly attempt: number;
  /** It goes on for a question alone: it does not take up its todo again, and what it reported stands. */
  readonly onlyToAnswer?: boolean;
}

/**
 * Starts an ended agent again in its working folder: its very session goes on. One that never came to a session of
 * the provider's starts anew, with its first prompt and this one after it. What it was not told yet is in the prompt.
 */
export function restartAgent(context: OperationContext, agent: Agent, restart: Restart): Agent {
  const last = lastLaunch(context, agent);
  if (restart.onlyToAnswer !== true) reclaim(context, agent);
  const started = moveAgent(context, agent, 'starting', {
    sessionNumber: agent.sessionNumber + 1,
    attempt: restart.attempt,
    ...(restart.onlyToAnswer === true ? {} : { reported: null, reportedAt: null, attention: null }),
    observed: 0,
    pid: null,
    pidStartedAt: null,
    exitCode: null,
    exitSignal: null,
    startRefused: false,
    stopRequestedBy: null,
    dismissedAt: null,
  });
  const resume = agent.providerSessionId !== null;
  const prompt = [restart.prompt, takeMessages(context, agent.id, inAPrompt)].filter(Boolean).join('\n\n');
  insertLaunch(context, started, {
    state: reuseWorktrees(context, started) ? 'preparing' : 'ready',
    prompt: resume ? prompt : `${firstPrompt(context, agent)}\n\n${prompt}`,
    workingFolder: last.workingFolder,
    resume,
    script: last.script,
    window: restart.window,
  });
  return started;
}

function lastLaunch({ tables }: OperationContext, agent: Agent) {
  const [last] = tables.launch.all({ agentId: agent.id, sessionNumber: agent.sessionNumber });
  if (last === undefined) throw new Error(`Agent ${agent.name} has no launch.`);
  return last;
}

/** What its newest session began with: a resumed one was told only what was new. */
function firstPrompt({ tables }: OperationContext, { id }: Agent): string {
  const begun = tables.launch.all({ agentId: id, resume: false });
  return begun.toSorted((a, b) => b.sessionNumber - a.sessionNumber)[0]?.prompt ?? '';
}

/** Takes its todo again, unless that is done meanwhile. */
function reclaim(context: OperationContext, agent: Agent): void {
  if (agent.todoId === null) return;
  const { status } = mustFind(context.tables.todo, 'todo', agent.todoId);
  if (status !== 'completed' && status !== 'cancelled') claimFor(context, agent.todoId, agent.name);
}
