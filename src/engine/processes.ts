import { isSameProcess } from './processIdentity.ts';
import { orphansOf, type AgentMarks } from './orphans.ts';

/** What the supervisor may know of and do to processes; tests hand in pretended ones. */
export interface Processes {
  isSame(pid: number, startedAt: string | null): Promise<boolean>;
  /** Sends a signal to one process. False where it has ended. */
  signal(pid: number, signal: 'SIGTERM' | 'SIGKILL'): boolean;
  /** Kills what is left of an agent whose `sloop run` is gone; says how many processes there were. */
  killOrphans(agent: AgentMarks): Promise<number>;
}

export const systemProcesses: Processes = {
  isSame: isSameProcess,
  signal: send,
  async killOrphans(agent) {
    const orphans = await orphansOf(agent);
    return orphans.filter((orphan) => send(orphan, 'SIGKILL')).length;
  },
};

function send(target: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch (error) {
    // EPERM: the number was given to a stranger meanwhile, so what was meant has ended.
    if (['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
