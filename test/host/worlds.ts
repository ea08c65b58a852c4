import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { VSCodeOptions } from '../support/vscode/startVSCode.ts';

/** What an editor is opened on, and what is removed afterwards. */
export interface World {
  readonly options: Omit<VSCodeOptions, 'extensions'>;
  remove(): void;
}

/** One entry per folder of suites beside this file. */
export const worlds = {
  /** A trusted folder with a repository: what a person has on most days. */
  folder: () => world((dir) => ({ open: repository(path.join(dir, 'shop')) })),
} satisfies Record<string, () => World>;

function world(make: (dir: string) => Omit<VSCodeOptions, 'extensions'>): World {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sloop-world-'));
  return { options: make(dir), remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** A git repository with one commit. */
function repository(folder: string): string {
  mkdirSync(folder);
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch', 'main');
  writeFileSync(path.join(folder, 'README.md'), '# Shop\n');
  git('add', '.');
  const identity = ['-c', 'user.name=Sloop tests', '-c', 'user.email=tests@sloop.invalid'];
  git(...identity, 'commit', '--quiet', '--message', 'Begin');
  return folder;
}
