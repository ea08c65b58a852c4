import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ReadyLaunch } from '../operations/agent/supervision.ts';
import type { RunEnd, Runner } from './runner.ts';

/** How `sloop` is called on this machine, and for which store. */
export interface RunCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Where each process's own complaints go, so that they can be shown if it never gets as far as reporting. */
  readonly folder: string;
}

const mostWords = 2000;

/**
 * Runs agents without an editor: each `sloop run` leads a process group of its own and holds no pipe of the
 * host's, so a host that is killed takes none of its agents with it.
 */
export function createChildProcessRunner({ command, args, env, folder }: RunCommand): Runner {
  return {
    obstacle: ({ form, name }) =>
      form === 'interactive' ? `It needs a terminal of its own. Run it in one: sloop run ${name}.` : null,
    async run(launch: ReadyLaunch): Promise<RunEnd> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = path.join(folder, `${launch.agent}-${launch.sessionNumber}-${process.pid}.log`);
      const log = await open(file, 'w', 0o600);
      try {
        const child = spawn(command, [...args, 'run', launch.name], {
          detached: true,
          stdio: ['ignore', 'ignore', log.fd],
          env: withoutAgent(env),
          windowsHide: true,
        });
        const ended = new Promise<Omit<RunEnd, 'lastWords'>>((resolve, reject) => {
          child.once('error', reject);
          child.once('exit', (exitCode, exitSignal) => resolve({ exitCode, exitSignal }));
        });
        // The host may end while its agents go on.
        child.unref();
        const end = await ended;
        const words = await readFile(file, 'utf8');
        return { ...end, lastWords: words.slice(-mostWords).trim() };
      } finally {
        await log.close();
        await rm(file, { force: true });
      }
    },
  };
}

/** The host may itself have been started by an agent: nothing of that one's may pass for this one's. */
const withoutAgent = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !name.startsWith('SLOOP_') || ['SLOOP_STORE', 'SLOOP_DATA'].includes(name),
    ),
  );
