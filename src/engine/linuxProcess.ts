import { readFileSync } from 'node:fs';

/** What /proc says of one living process. */
export interface LinuxProcess {
  /** Which boot of the machine it belongs to: ticks count from there. */
  readonly boot: string;
  /** Clock ticks from the boot to its start. */
  readonly ticks: number;
}

/**
 * Reads one process; null where there is none, or only a zombie, which has ended although nobody took note. Read
 * synchronously: /proc is no disk, and every agent is looked at every two seconds; by promises it costs ten times that.
 */
export function linuxProcess(pid: number): LinuxProcess | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    // The name in brackets may itself contain blanks and brackets: fields count from the last one on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return { boot: boot.slice(0, 8), ticks: Number(fields[19]) };
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
