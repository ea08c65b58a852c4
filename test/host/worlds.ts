import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRegistry, workspaceOf } from '../../src/gateway/client/registry.ts';
import type { VSCodeOptions } from '../support/vscode/startVSCode.ts';

/** What an editor is opened on, and what is removed afterwards. */
export interface World {
  readonly options: Omit<VSCodeOptions, 'extensions'>;
  readonly remove: () => void;
}

/** One entry per folder of suites beside this file. */
export const worlds = {
  /** A trusted folder with a repository: what a person has on most days. */
  folder: () => world((dir) => ({ open: repository(path.join(dir, 'shop')) })),
  noFolder: () => world(() => ({})),
  multiRoot: () => world((dir) => ({ open: workspaceFile(dir, ['web', 'store']) })),
  untrusted: () =>
    world((dir) => ({
      open: repository(path.join(dir, 'found')),
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    })),
  /** The registry says that the store lies where nobody may write, not even root. */
  readOnlyStorage: () =>
    world((dir) => {
      const open = repository(path.join(dir, 'shop'));
      const data = path.join(dir, 'data');
      createRegistry(data).register({ workspace: workspaceOf(open), storeDir: '/sys/kernel/sloop-store' });
      return { open, env: { SLOOP_DATA: data } };
    }),
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

/** A window of several repositories; the file that says so. */
function workspaceFile(dir: string, names: readonly string[]): string {
  for (const name of names) repository(path.join(dir, name));
  const file = path.join(dir, 'shop.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: names.map((name) => ({ path: name })) }));
  return file;
}
