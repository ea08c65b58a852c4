import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGit, type Git } from '../../src/git/git.ts';

/** Settings of nobody: what the machine's user has set must not decide a test. */
const settings = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

/** A temporary folder with real git repositories in it, and Sloop's own folder of worktrees beside them. */
export class GitWorld {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), 'sloop-git-')));
  readonly own = path.join(this.root, 'worktrees');
  readonly environment: NodeJS.ProcessEnv = { ...process.env, HOME: this.root, ...settings };
  readonly git: Git = createGit(this.environment);

  /** A repository with one commit on `main`. */
  repository(name: string, files: Readonly<Record<string, string>> = { 'README.md': 'one\n' }): string {
    const folder = path.join(this.root, name);
    mkdirSync(folder, { recursive: true });
    this.run(folder, 'init', '--quiet', '--initial-branch=main');
    this.commit(folder, files, 'First');
    return folder;
  }

  write(folder: string, files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  commit(folder: string, files: Readonly<Record<string, string>>, message: string): string {
    this.write(folder, files);
    this.run(folder, 'add', '--all');
    this.run(folder, 'commit', '--quiet', '--allow-empty', '-m', message);
    return this.run(folder, 'rev-parse', 'HEAD');
  }

  /** What git prints; throws where it fails. */
  run(folder: string, ...words: readonly string[]): string {
    const environment = this.environment;
    return execFileSync('git', words, {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  }

  /** All that a person sees of their own checkout: status, HEAD, index and files, byte for byte. */
  look(folder: string): unknown {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${path.sep}.git`))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file, readFileSync(file, 'base64')]);
    return {
      index: readFileSync(path.join(folder, '.git', 'index'), 'base64'),
      config: readFileSync(path.join(folder, '.git', 'config'), 'utf8'),
      head: readFileSync(path.join(folder, '.git', 'HEAD'), 'utf8'),
      commit: this.run(folder, 'rev-parse', 'HEAD'),
      files,
      status: this.run(folder, 'status', '--porcelain=v2', '--ignored'),
    };
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
