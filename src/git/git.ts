import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { gitEnvironment } from './gitEnvironment.ts';

/** How one call of git ended. */
export interface GitAnswer {
  /** Null where it was ended: it took too long, said too much, or its caller gave up. */
  readonly code: number | null;
  readonly out: string;
  /** What it printed, byte for byte: files need not be UTF-8. */
  readonly bytes: Buffer;
  readonly err: string;
}

export interface GitOptions {
  readonly patienceMs?: number;
  readonly input?: string;
  /** On top of the environment that all calls have. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the git binary in a folder. It always answers; a failing git is an answer too. */
export type Git = (folder: string, words: readonly string[], options?: GitOptions) => Promise<GitAnswer>;

/** Enough for what looks at a repository; what copies one says how long it may take. */
const usualPatienceMs = 60_000;
const politeMs = 5000;
const mostOutput = 64 * 1024 * 1024;

/**
 * No program that a repository's own configuration names, as far as the work can do without: an agent may have
 * written that configuration. Filters stay (files kept by git-lfs need them), and so do credential helpers.
 */
const withoutPrograms = [
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'core.editor=true'],
  ...['-c', 'commit.gpgSign=false'],
  ...['-c', 'protocol.ext.allow=never'],
  ...['-c', 'gc.auto=0'],
  ...['-c', 'maintenance.auto=false'],
] as const;

/**
 * The git binary with an argument list, never a shell; without the variables by which git would act on another
 * repository than the folder's; without a prompt; ended with all that it started when its time is up or `gaveUp`
 * is aborted.
 */
export function createGit(environment: NodeJS.ProcessEnv, gaveUp?: AbortSignal): Git {
  const base = gitEnvironment(environment);
  return (folder, words, { patienceMs = usualPatienceMs, input, env } = {}) =>
    new Promise((resolve) => {
      const child = spawn('git', [...withoutPrograms, ...words], {
        cwd: folder,
        env: { ...base, ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
        // A group of its own, so that what git started (ssh, a filter) ends with it.
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      let size = 0;
      let cut: string | null = null;
      let killer: NodeJS.Timeout | undefined;
      const end = (why: string): void => {
        cut ??= why;
        // Asked politely, git takes its lock files away: they lie in the user's repository.
        signalGroup(child, 'SIGTERM');
        killer ??= setTimeout(() => signalGroup(child, 'SIGKILL'), politeMs);
      };
      const aborted = (): void => end('Its host ended.');
      const timer = setTimeout(() => end(`It took longer than ${patienceMs / 1000} s.`), patienceMs);
      const settle = (code: number | null, said?: string): void => {
        clearTimeout(timer);
        clearTimeout(killer);
        gaveUp?.removeEventListener('abort', aborted);
        const bytes = Buffer.concat(out);
        const words = [said ?? cut ?? '', Buffer.concat(err).toString('utf8').trim()];
        resolve({
          code: cut === null ? code : null,
          out: bytes.toString('utf8'),
          bytes,
          err: words.filter((part) => part !== '').join(' '),
        });
      };
      child.stdout.on('data', (part: Buffer) => {
        size += part.length;
        if (size > mostOutput) end(`It said more than ${mostOutput} bytes.`);
        else out.push(part);
      });
      child.stderr.on('data', (part: Buffer) => err.push(part));
      // No program, no folder: it never ran.
      child.once('error', (error) =>
        settle(null, existsSync(folder) ? error.message : `There is no folder ${folder}.`),
      );
      child.once('close', (code) => settle(code));
      // One that ended without reading is heard of by its exit.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input ?? '');
      if (gaveUp?.aborted === true) aborted();
      gaveUp?.addEventListener('abort', aborted, { once: true });
    });
}

/** A process and all that it started; Windows knows no groups. */
export function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Git said no, or could not be asked. Carries what it was asked and what it said. */
export class GitFailed extends Error {
  constructor(words: readonly string[], { code, err }: GitAnswer) {
    const said = err === '' ? `exit code ${code ?? 'none'}` : err;
    super(`git ${words.join(' ')} failed: ${said}`);
    this.name = 'GitFailed';
  }
}

/** What git prints, without the line's end; it must succeed. */
export async function ask(
  git: Git,
  folder: string,
  words: readonly string[],
  options?: GitOptions,
): Promise<string> {
  const answer = await git(folder, words, options);
  if (answer.code !== 0) throw new GitFailed(words, answer);
  return answer.out.replace(/\n$/, '');
}

/** A yes or no that git gives by exit code 0 or 1; anything else is a failure. */
export async function yesOrNo(git: Git, folder: string, words: readonly string[]): Promise<boolean> {
  const answer = await git(folder, words);
  if (answer.code === 0) return true;
  if (answer.code === 1) return false;
  throw new GitFailed(words, answer);
}
