import { spawn } from 'node:child_process';
import { signalGroup } from './git.ts';

export interface CommandOutcome {
  readonly succeeded: boolean;
  /** How it ended, in words, where it did not succeed. */
  readonly how: string;
  /** The end of what it printed. */
  readonly output: string;
}

export interface Command {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly patienceMs: number;
  readonly gaveUp?: AbortSignal | undefined;
}

const mostKept = 20_000;

/** Runs a repository's set-up command: no shell, no input, and an end to it with all that it started. */
export const runSetUpCommand = ({ argv, folder, environment, patienceMs, gaveUp }: Command) =>
  new Promise<CommandOutcome>((resolve) => {
    const [program = '', ...words] = argv;
    const child = spawn(program, words, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let output = '';
    let cut: string | null = null;
    const keep = (part: string): void => {
      output = (output + part).slice(-mostKept);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const end = (why: string): void => {
      cut ??= why;
      signalGroup(child, 'SIGKILL');
    };
    const aborted = (): void => end('was ended with its host');
    const timer = setTimeout(() => end(`took longer than ${patienceMs / 1000} s`), patienceMs);
    gaveUp?.addEventListener('abort', aborted, { once: true });
    if (gaveUp?.aborted === true) aborted();
    const settle = (how: string | null): void => {
      clearTimeout(timer);
      gaveUp?.removeEventListener('abort', aborted);
      resolve({ succeeded: how === null, how: how ?? '', output: output.trim() });
    };
    child.once('error', (error) => settle(`could not be started: ${error.message}`));
    // Not `close`: what it leaves running in the background may hold its pipes for ever.
    child.once('exit', (code, signal) => {
      // A breath for what is still in the pipes.
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        settle(cut ?? (code === 0 ? null : `ended with ${signal ?? `exit code ${code ?? 'none'}`}`));
      }, 50);
    });
  });
