import { readdir, readFile } from 'node:fs/promises';

/** By which variables of its environment an agent's process, and what it started, is known. */
export interface AgentMarks {
  readonly storeDir: string;
  readonly agent: string;
}

/**
 * Processes that a killed `sloop run` left behind: the agent itself and what it started. They are known by the
 * variables that only this agent of this store was given. Where /proc is missing nothing is found, and nothing is
 * ended on a guess.
 */
export const orphansOf = ({ storeDir, agent }: AgentMarks): Promise<readonly number[]> =>
  processesMarked([`SLOOP_STORE=${storeDir}`, `SLOOP_AGENT=${agent}`]);

/** Other processes whose environment has all of these `NAME=value`. */
export async function processesMarked(marks: readonly string[]): Promise<readonly number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      if (pid === process.pid) return [];
      const variables = (await environment(pid)).split('\0');
      return marks.every((mark) => variables.includes(mark)) ? [pid] : [];
    }),
  );
  return found.flat();
}

async function environment(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/environ`, 'utf8');
  } catch (error) {
    // Ended meanwhile, or another user's: none of ours.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return '';
    throw error;
  }
}
