import { setTimeout as sleep } from 'node:timers/promises';
import { processesMarked } from './orphans.ts';
import { systemProcesses } from './processes.ts';

const patienceMs = 5000;

/**
 * Ends what a killed host left at work, known by a variable of its environment. Politely first: a git that is asked
 * to end takes its lock files away.
 */
export async function endLeftovers(mark: string): Promise<number> {
  const found = await processesMarked([mark]);
  for (const pid of found) systemProcesses.signal(pid, 'SIGTERM');
  const deadline = Date.now() + patienceMs;
  for (let left = found; left.length > 0; left = await processesMarked([mark])) {
    if (Date.now() > deadline) {
      for (const pid of left) systemProcesses.signal(pid, 'SIGKILL');
      break;
    }
    await sleep(50);
  }
  return found.length;
}
