import { tmpdir } from 'node:os';
import type { Result } from '../base/result.ts';
import { gitEnvironment } from '../git/gitEnvironment.ts';
import { createGit, type Git } from '../git/git.ts';
import { checkGit } from '../git/version.ts';
import { endLeftovers } from './leftovers.ts';

/** Where git works for agents, and how the person has set it up. */
export interface GitSettings {
  /** The host's own environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** Nothing outside of these is ever deleted. */
  readonly folders: { readonly worktrees: string; readonly repositories: string };
  /** Whether Sloop commits what an agent left uncommitted. */
  readonly commit: boolean;
}

/** One piece of work on a worktree or a merge. */
export interface GitTask {
  readonly git: Git;
  /** For programs that the task runs besides git. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Git for the engine's tasks: what is under way ends with the host, and what a killed host left is ended first. */
export class GitWork {
  readonly settings: GitSettings;
  readonly #gaveUp = new AbortController();
  readonly #cleared = new Set<string>();

  constructor(settings: GitSettings) {
    this.settings = settings;
  }

  get signal(): AbortSignal {
    return this.#gaveUp.signal;
  }

  /** Begins (or goes on with) the task of a row. */
  async begin(id: string): Promise<GitTask> {
    const name = 'SLOOP_TASK';
    if (!this.#cleared.has(id)) await endLeftovers(`${name}=${id}`);
    this.#cleared.add(id);
    const environment = { ...withoutSloop(gitEnvironment(this.settings.environment)), [name]: id };
    return { environment, git: createGit({ ...this.settings.environment, [name]: id }, this.signal) };
  }

  /** Whether there is a git that can do it. */
  check({ git }: GitTask): Promise<Result<string>> {
    return checkGit(git, tmpdir());
  }

  /** Ends what is under way; the next host goes on with it. */
  stop(): void {
    this.#gaveUp.abort();
  }
}

/** A repository's program is no agent: nothing by which it could pass for one. */
const withoutSloop = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('SLOOP_')));
