import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';

const template = path.join(import.meta.dirname, 'repository');

/** A git identity of the demo's own: a bare machine has none, and the person's would sign what they did not write. */
export const gitIdentity = {
  GIT_AUTHOR_NAME: 'Sloop demo',
  GIT_AUTHOR_EMAIL: 'demo@sloop.invalid',
  GIT_COMMITTER_NAME: 'Sloop demo',
  GIT_COMMITTER_EMAIL: 'demo@sloop.invalid',
};

/** Makes a small real repository with failing tests. */
export async function createDemoRepository(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  cpSync(template, folder, { recursive: true });
  const git = (...words: string[]) => execa('git', words, { cwd: folder, env: gitIdentity });
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'Durations in seconds, with tests for more');
}

export interface TestRun {
  readonly passed: number;
  readonly failed: number;
}

/** Runs the repository's own tests. */
export async function runTests(folder: string): Promise<TestRun> {
  // NODE_OPTIONS of our own (a loader) must not reach the tests of somebody else's repository.
  const { stdout } = await execa('node', ['--test', '--test-reporter', 'tap'], {
    cwd: folder,
    env: { NODE_OPTIONS: '' },
    reject: false,
  });
  const count = (word: string) =>
    Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(stdout)?.[1] ?? Number.NaN);
  return { passed: count('pass'), failed: count('fail') };
}
