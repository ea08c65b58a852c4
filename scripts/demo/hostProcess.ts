import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export const root = path.resolve(import.meta.dirname, '../..');
export const sloopProgram = path.join(root, 'dist', 'sloop.cjs');

/** `sloop serve` as the person would start it. */
export interface HostProcess {
  readonly storeDir: string;
  stop(): Promise<void>;
  /** As a crash would end it. */
  kill(): Promise<void>;
}

/** Starts a host and waits until it says that it is ready. */
export async function startHostProcess(workspace: string, env: NodeJS.ProcessEnv): Promise<HostProcess> {
  const child = spawn(process.execPath, [sloopProgram, 'serve', '--workspace', workspace, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await readyLine(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return { storeDir: ready.storeDir, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function readyLine(child: ChildProcess): Promise<{ storeDir: string }> {
  if (child.stdout === null) throw new Error('unreachable: stdout is a pipe');
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    return JSON.parse(line) as { storeDir: string };
  }
  throw new Error('The host ended before it was ready; its complaint stands above.');
}
