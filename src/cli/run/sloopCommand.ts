import path from 'node:path';

const runAsNode = 'ELECTRON_RUN_AS_NODE';

/**
 * What else this very program needs to run: the editor's own program is Node only with this variable. It is for
 * `sloop` alone; an agent that starts an Electron program must not have it.
 */
export const sloopEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> => {
  const value = env[runAsNode];
  return value === undefined ? {} : { [runAsNode]: value };
};

/**
 * How to start this very program again, for the agent's bridge and its `sloop` command. Node's own options count:
 * running from source needs them.
 */
export function sloopCommand(): readonly [string, ...string[]] {
  const [, entry] = process.argv;
  if (entry === undefined) throw new Error('This process has no program file.');
  return [process.execPath, ...process.execArgv, path.resolve(entry)];
}
