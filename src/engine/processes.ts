import { isSameProcess } from './processIdentity.ts';
import { orphansOf } from './orphans.ts';

/** What the supervisor may know of and do to processes; tests hand in pretended ones. */
export interface Processes {
  isSame(pid: number, startedAt: string | null): Promise<boolean>;
  /** Sends a signal to one process. False where it has ended. */
  signal(pid: number, signal: 'SIGTERM' | 'SIGKILL'): boolean;
  /** Kills a process that lives, with the process group that it leads. */
  killGroup(pid: number): void;
  /** Kills what is left of the group that a process led which is gone; says how many there were. */
  killOrphans(pid: number, startedAt: string | null): Promise<number>;
}

export const systemProcesses: Processes = {
  isSame: isSameProcess,
  signal: send,
  killGroup(pid) {
    // The group first: once its leader is gone, its number may be given away.
    if (process.platform !== 'win32') send(-pid, 'SIGKILL');
    send(pid, 'SIGKILL');
  },
  async killOrphans(pid, startedAt) {
    const orphans = await orphansOf(pid, startedAt);
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
