import path from 'node:path';

/**
 * How to start this very program again, for the agent's bridge and its `sloop` command. Node's own options count:
 * running from source needs them.
 */
export function sloopCommand(): readonly [string, ...string[]] {
  const [, entry] = process.argv;
  if (entry === undefined) throw new Error('This process has no program file.');
  return [process.execPath, ...process.execArgv, path.resolve(entry)];
}
