import type { Agent } from '../../domain/agent/agent.ts';
import { mustFind } from '../lookup.ts';
import type { OperationContext } from '../operation.ts';
import { moveAgent } from './moveAgent.ts';
import { claimFor, insertLaunch } from './startAgent.ts';

export interface Restart {
  /** What to tell it as it goes on. */
  readonly prompt: string;
  /** The window that is to run it; null: any. */
  readonly window: string | null;
  /** Which start in a row this is; one that somebody asked for begins anew with 1. */
  readonly attempt: number;
}

/**
 * Starts an ended agent again in its working folder: its very session goes on. One that never came to a session of
 * the provider's starts anew, with its first prompt and this one after it.
 */
export function restartAgent(context: OperationContext, agent: Agent, restart: Restart): Agent {
  const last = lastLaunch(context, agent);
  reclaim(context, agent);
  const started = moveAgent(context, agent, 'starting', {
    sessionNumber: agent.sessionNumber + 1,
    attempt: restart.attempt,
    reported: null,
    reportedAt: null,
    attention: null,
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
  insertLaunch(context, started, {
    prompt: resume ? restart.prompt : `${last.prompt}\n\n${restart.prompt}`,
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

/** Takes its todo again, unless that is done meanwhile. */
function reclaim(context: OperationContext, agent: Agent): void {
  if (agent.todoId === null) return;
  const { status } = mustFind(context.tables.todo, 'todo', agent.todoId);
  if (status !== 'completed' && status !== 'cancelled') claimFor(context, agent.todoId, agent.name);
}
