import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SprintId } from '../../../src/domain/ids.ts';
import { RealHost } from '../../support/realHost.ts';

const fixture = path.resolve(import.meta.dirname, '../../fixtures/parts');

/** A repository, a host beside it, and scripted agents that dispatch gives its todos to. */
export class ManyTodos {
  readonly folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'sloop-many-')));
  readonly workspace = path.join(this.folder, 'parts');
  readonly worktrees = path.join(this.folder, 'worktrees');
  readonly host: RealHost;

  /** @param agents how many may live at once. */
  constructor(agents: number) {
    mkdirSync(path.join(this.folder, 'data'));
    writeFileSync(
      path.join(this.folder, 'data', 'settings.yaml'),
      JSON.stringify({ limits: { agents }, worktrees: { folder: this.worktrees } }),
    );
    this.#makeRepository();
    this.host = new RealHost({
      workspace: this.workspace,
      store: path.join(this.folder, 'store'),
      env: { SLOOP_DATA: path.join(this.folder, 'data') },
    });
  }

  #makeRepository(): void {
    mkdirSync(path.join(this.workspace, 'src'), { recursive: true });
    cpSync(fixture, this.workspace, { recursive: true });
    writeFileSync(path.join(this.workspace, 'parts.txt'), 'all parts\n');
    writeFileSync(path.join(this.workspace, 'src', '.keep'), '');
    this.git('init', '--quiet', '--initial-branch', 'main');
    this.git('config', 'user.name', 'Somebody');
    this.git('config', 'user.email', 'somebody@example.org');
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'The frame');
  }

  /** What git prints in the user's own working tree. */
  git = (...words: readonly string[]): string =>
    execFileSync('git', words, { cwd: this.workspace, encoding: 'utf8' }).trim();

  /** An autonomous project with one sprint, in which each part waits for the fifth and the seventh before it. */
  async plan(count: number): Promise<SprintId> {
    const scripts = { work: this.#script('work'), resolve: this.#script('resolve') };
    await this.host.run('project.create', {
      title: 'Parts',
      mode: 'autonomous',
      dispatchRules: [
        { category: 'merge', provider: 'script', script: scripts.resolve },
        { provider: 'script', script: scripts.work },
      ],
    });
    const sprint = await this.host.run('sprint.create', { title: 'All parts', project: 'parts' });
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    await this.host.run('todo.create', {
      project: 'parts',
      sprint: sprint.id,
      items: numbers.map((number) => ({
        title: `Part ${number}`,
        ref: `part${number}`,
        dependsOn: [5, 7].filter((back) => number > back).map((back) => `part${number - back}`),
      })),
    });
    await this.host.run('sprint.approve', { sprints: [sprint.id] });
    return sprint.id;
  }

  #script(name: string): string {
    const file = path.join(this.folder, `${name}.yaml`);
    const steps = [
      { run: { command: [process.execPath, `${name}.mjs`] } },
      { mcp: { operation: 'report', input: { status: 'done', summary: 'Written, checked and committed.' } } },
    ];
    writeFileSync(file, JSON.stringify({ steps }));
    return file;
  }

  async close(): Promise<void> {
    await this.host.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
