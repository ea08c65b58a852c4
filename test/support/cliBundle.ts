import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { once } from './once.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The built CLI, in a folder of this test process alone; made at the first call. */
export const sloopPath = once(() => {
  const out = path.join(root, 'out', `cli-${process.pid}`);
  execFileSync(process.execPath, ['esbuild.mjs', '--out', out], { cwd: root });
  process.once('exit', () => rmSync(out, { recursive: true, force: true }));
  return path.join(out, 'sloop.cjs');
});

/** A folder with `sloop` in it, for processes that look it up on the PATH. */
export const sloopFolder = once(() => {
  const folder = mkdtempSync(path.join(path.dirname(sloopPath()), 'bin-'));
  symlinkSync(sloopPath(), path.join(folder, 'sloop'));
  return folder;
});

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
}

/** An environment that knows nothing of this machine's own Sloop. */
export const cleanEnvironment = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  TZ: 'UTC',
  ...more,
});

/** Starts `sloop …` and leaves it running. */
export const startSloop = (
  words: readonly string[],
  { env = {}, cwd = root }: RunOptions = {},
): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [sloopPath(), ...words], { cwd, env: cleanEnvironment(env) });

/** Runs `sloop …` to its end. */
export function runSloop(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = startSloop(words, options);
  child.stdin.end(options.input ?? '');
  return ended(child);
}

/** What a process said and how it ended. */
export function ended(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (err += part));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}
