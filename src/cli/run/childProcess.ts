import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { LaunchPlan } from '../../agents/providers/provider.ts';
import { LineSplitter } from './lines.ts';

export interface ChildParts {
  readonly plan: Pick<LaunchPlan, 'stdin'>;
  /** Program with arguments as the operating system starts it. */
  readonly command: readonly [string, ...string[]];
  readonly form: 'streamed' | 'interactive';
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
  readonly onErrorLine: (line: string) => void;
}

export interface ChildEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The provider's process, owned by this one. */
export interface Child {
  readonly ended: Promise<ChildEnd>;
  /** To the process itself. */
  signal(signal: NodeJS.Signals): void;
}

/** How long output is still read after the process ended: a grandchild may hold the pipe open for ever. */
const drainMs = 2000;

/** Starts the process. Rejects when the system cannot. */
export async function startChild(parts: ChildParts): Promise<Child> {
  const streamed = parts.form === 'streamed';
  const [program, ...args] = parts.command;
  // Not in a group of its own: the host finds what a killed `sloop run` left behind by the group that it led.
  const child = spawn(program, args, {
    cwd: parts.folder,
    env: parts.environment,
    stdio: streamed ? ['pipe', 'pipe', 'pipe'] : 'inherit',
    windowsHide: true,
  });
  const ended = endOf(child, parts);
  // A failure to start is told by `spawn` below; nobody awaits `ended` then.
  ended.catch(() => undefined);
  await once(child, 'spawn');
  if (child.stdin !== null) writeStdin(child, parts.plan.stdin);
  return {
    ended,
    signal: (signal) => void child.kill(signal),
  };
}

function writeStdin(child: ChildProcess, stdin: LaunchPlan['stdin']): void {
  // A process that ends without reading its prompt is no failure of ours.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin.kind === 'text' ? stdin.text : '');
}

/** Resolves after the last line was handed on. */
function endOf(child: ChildProcess, { onLine, onErrorLine }: ChildParts): Promise<ChildEnd> {
  const out = new LineSplitter(onLine);
  const err = new LineSplitter(onErrorLine);
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    child.once('error', (error) => {
      if (child.pid === undefined) reject(error);
    });
    const finish = (exitCode: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(timer);
      out.end();
      err.end();
      resolve({ exitCode, signal });
    };
    child.once('exit', (exitCode, signal) => {
      timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, drainMs);
      child.once('close', () => finish(exitCode, signal));
    });
  });
}
