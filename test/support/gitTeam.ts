import { silentLogger } from '../../src/base/logger.ts';
import type { Agent } from '../../src/domain/agent/agent.ts';
import type { Merge } from '../../src/domain/merge/merge.ts';
import type { Worktree } from '../../src/domain/worktree/worktree.ts';
import { GitWork } from '../../src/engine/gitWork.ts';
import { createMergeEngine, type MergeEngine } from '../../src/engine/mergeEngine.ts';
import { createWorktreeEngine, type WorktreeEngine } from '../../src/engine/worktreeEngine.ts';
import { gitProbe } from '../../src/host/gitProbe.ts';
import { callerOf } from './anAgent.ts';
import { GitWorld } from './gitRepository.ts';
import { aRole } from './loopDriver.ts';
import { ManualTimers } from './manualTimers.ts';
import { createTestHost, type TestHost } from './testHost.ts';

const limitMs = 30_000;

/** Real repositories and the real engines for worktrees and merges; agents are played by hand. */
export class GitTeam {
  readonly world: GitWorld;
  readonly workspace: string;
  readonly host: TestHost;
  readonly timers = new ManualTimers();
  #commit = true;
  #work: GitWork | undefined;
  #worktrees: WorktreeEngine | undefined;
  #merges: MergeEngine | undefined;

  static async open(files?: Readonly<Record<string, string>>): Promise<GitTeam> {
    const world = new GitWorld();
    const workspace = world.repository('shop', files);
    const host = await createTestHost({
      roles: [aRole()],
      surroundings: {
        probe: gitProbe,
        workspaceRoot: workspace,
        folders: { worktrees: world.own, repositories: `${world.root}/clones` },
      },
    });
    const team = new GitTeam(world, workspace, host);
    await host.run('project.create', { title: 'Shop', slug: 'shop', mode: 'autonomous' });
    await team.startEngines();
    return team;
  }

  private constructor(world: GitWorld, workspace: string, host: TestHost) {
    this.world = world;
    this.workspace = workspace;
    this.host = host;
  }

  /** As a host does that starts on the same store. */
  async startEngines(commit = true): Promise<void> {
    this.#commit = commit;
    const client = this.host.executor.clientFor({ kind: 'system', name: 'engine' }, 'engine');
    const work = new GitWork({
      environment: this.world.environment,
      folders: { worktrees: this.world.own, repositories: `${this.world.root}/clones` },
      commit: this.#commit,
    });
    const parts = { client, work, timers: this.timers, logger: silentLogger };
    this.#work = work;
    this.#worktrees = createWorktreeEngine(parts);
    this.#merges = createMergeEngine(parts);
    await this.#worktrees.begin();
    await this.#merges.begin();
  }

  async stopEngines(): Promise<void> {
    this.#worktrees?.dispose();
    this.#merges?.dispose();
    this.#work?.stop();
    await Promise.all([this.#worktrees?.settled(), this.#merges?.settled()]);
  }

  async todo(title: string, more: object = {}): Promise<string> {
    const { todos } = await this.host.run('todo.create', { title, project: 'shop', ...more });
    return todos[0]?.id ?? '';
  }

  agent(name: string): Promise<Agent> {
    return this.host.tables(({ agent }) => agent.findByName(name) as Agent);
  }

  /** The newest of an agent's worktrees. */
  async worktree(name: string): Promise<Worktree> {
    const { id } = await this.agent(name);
    return this.host.tables(({ worktree }) => worktree.all({ agentId: id })[0] as Worktree);
  }

  merges(): Promise<readonly Merge[]> {
    return this.host.tables(({ merge }) => merge.all({}));
  }

  /** Starts an agent in a worktree and claims its launch when that is made; says its working folder. */
  async begin(todo: string | null, more: object = {}): Promise<{ name: string; folder: string }> {
    const task = todo === null ? { prompt: 'Do it.', project: 'shop' } : { todo };
    const { name } = await this.host.run('agent.start', {
      role: 'coder',
      worktree: true,
      ...task,
      ...more,
    });
    return { name, folder: await this.claim(name) };
  }

  async claim(name: string): Promise<string> {
    await this.until(async () => (await this.launchState(name)) !== 'preparing', `${name} can start`);
    const system = { kind: 'system', name: 'runner' } as const;
    const claimed = await this.host.as(system, 'launch.claim', {
      agent: name,
      pid: 100,
      pidStartedAt: 'then',
    });
    if (!claimed.ok)
      throw new Error(`${claimed.refusal.message} ${(await this.agent(name)).attention ?? ''}`);
    return claimed.value.workingFolder;
  }

  async launchState(name: string): Promise<string | undefined> {
    const { id, sessionNumber } = await this.agent(name);
    return this.host.tables(({ launch }) => launch.all({ agentId: id, sessionNumber })[0]?.state);
  }

  async report(name: string, summary = 'It is done.'): Promise<{ next: string }> {
    const result = await this.host.as(callerOf(await this.agent(name)), 'report', {
      status: 'done',
      summary,
    });
    if (!result.ok) throw new Error(result.refusal.message);
    return result.value;
  }

  async exit(name: string, exitCode = 0): Promise<void> {
    const { id, sessionNumber } = await this.agent(name);
    const system = { kind: 'system', name: 'runner' } as const;
    await this.host.as(system, 'agent.exited', { agent: id, sessionNumber, exitCode, exitSignal: null });
  }

  /** A person ends it in the middle of its work. */
  async stop(name: string): Promise<void> {
    await this.host.run('agent.stop', { agents: [name] });
    await this.exit(name, 143);
  }

  /** Does a todo from its start to its end: files written, reported, process gone. */
  async perform(
    todo: string,
    files: Readonly<Record<string, string>>,
  ): Promise<{ name: string; folder: string }> {
    const begun = await this.begin(todo);
    this.world.write(begun.folder, files);
    await this.report(begun.name);
    await this.exit(begun.name);
    return begun;
  }

  async status(todo: string): Promise<string> {
    return (await this.host.run('todo.show', { todo })).status;
  }

  async until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + limitMs;
    while (!(await holds())) {
      if (Date.now() > deadline)
        throw new Error(`never: ${what}\n${JSON.stringify(await this.merges(), null, 1)}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  untilTodo(todo: string, status: string): Promise<void> {
    return this.until(async () => (await this.status(todo)) === status, `todo ${todo} is ${status}`);
  }

  untilMerge(id: string, status: string): Promise<void> {
    return this.until(
      async () => (await this.merges()).some((entry) => entry.id === id && entry.status === status),
      `merge ${id} is ${status}`,
    );
  }

  untilWorktree(name: string, status: string): Promise<void> {
    return this.until(async () => (await this.worktree(name)).status === status, `${name}: ${status}`);
  }

  git(...words: readonly string[]): string {
    return this.world.run(this.workspace, ...words);
  }

  async dispose(): Promise<void> {
    await this.stopEngines();
    this.host.dispose();
    this.world.dispose();
  }
}
