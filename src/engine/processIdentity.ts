import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { linuxProcess } from './linuxProcess.ts';

const run = promisify(execFile);

/**
 * When the process started, as its system tells it, or null where no such process lives. A pid alone may have
 * been given to another process since; the pair of both is one process's own. The text is only ever compared.
 */
export async function processStart(pid: number): Promise<string | null> {
  if (!exists(pid)) return null;
  switch (process.platform) {
    case 'linux':
      return linuxStart(pid);
    case 'win32':
      return firstLine('powershell.exe', [
        '-NoProfile',
        '-NonInteractive',
        '-Command',
        `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`,
      ]);
    default:
      return unixStart(pid);
  }
}

/** Whether the very process that was seen with this start time still lives. */
export async function isSameProcess(pid: number, startedAt: string | null): Promise<boolean> {
  const started = await processStart(pid);
  return started !== null && (startedAt === null || started === startedAt);
}

/** Cheap, and true for zombies and for strangers with the same pid. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is not ours.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function linuxStart(pid: number): string | null {
  const found = linuxProcess(pid);
  return found === null ? null : `${found.boot}-${found.ticks}`;
}

async function unixStart(pid: number): Promise<string | null> {
  const line = await firstLine('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  const [state, ...started] = line?.split(/\s+/) ?? [];
  // A zombie has ended, although nobody has taken note of it yet.
  return line === null || state?.startsWith('Z') ? null : started.join(' ');
}

async function firstLine(command: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await run(command, args, { env: { ...process.env, LC_ALL: 'C' }, windowsHide: true });
    const [line = ''] = stdout.trim().split('\n');
    return line === '' ? null : line.trim();
  } catch (error) {
    // Both say by their exit code that there is no such process; anything else is a broken machine.
    if (typeof (error as { code?: unknown }).code === 'number') return null;
    throw error;
  }
}
