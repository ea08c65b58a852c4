import path from 'node:path';
import type { Environment } from '../../agents/providers/provider.ts';
import type { ClaimedLaunch } from '../../operations/agent/claimLaunch.ts';
import { sloopEnvironment } from './sloopCommand.ts';

/** Variables by which the CLI and a script know whose they are; the token is added to the same ones. */
export function agentVariables(launch: ClaimedLaunch, storeDir: string): Record<string, string> {
  const { agent, goal, round, attempt, script, workingFolder } = launch;
  const known = {
    SLOOP_STORE: storeDir,
    SLOOP_AGENT: agent.name,
    SLOOP_ROLE: agent.role,
    SLOOP_TODO: agent.todoId,
    SLOOP_STAGE: agent.stageId,
    SLOOP_LOOP: agent.loopId,
    SLOOP_GOAL: goal,
    SLOOP_ROUND: round === null ? null : String(round),
    SLOOP_ATTEMPT: attempt === null ? null : String(attempt),
    SLOOP_START: String(agent.sessionNumber),
    SLOOP_SCRIPT: script === null ? null : path.resolve(workingFolder, script),
  };
  return Object.fromEntries(
    Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

/**
 * The environment of the agent's process: this one's without anything of Sloop's (another agent's token may be in
 * it, and how it runs itself is no agent's business), with the folder of the `sloop` command first on the PATH.
 */
export function agentEnvironment(
  base: Environment,
  variables: Readonly<Record<string, string>>,
  commandFolder: string,
): Environment {
  const own = Object.keys(sloopEnvironment(base));
  const inherited = Object.entries(base).filter(
    ([name]) => !name.startsWith('SLOOP_') && !own.includes(name),
  );
  // Windows spells the variable `Path`.
  const pathName = inherited.find(([name]) => name.toUpperCase() === 'PATH')?.[0] ?? 'PATH';
  const search = [commandFolder, base[pathName]].filter(Boolean).join(path.delimiter);
  return { ...Object.fromEntries(inherited), ...variables, [pathName]: search };
}
