import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkParts, createPartsRepository, planParts } from '../../../scripts/demo/partsProject.ts';
import type { SprintId } from '../../../src/domain/ids.ts';
import { RealHost } from '../../support/realHost.ts';

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
    createPartsRepository(this.workspace);
    this.host = new RealHost({
      workspace: this.workspace,
      store: path.join(this.folder, 'store'),
      env: { SLOOP_DATA: path.join(this.folder, 'data') },
    });
  }

  /** What git prints in the user's own working tree. */
  git = (...words: readonly string[]): string =>
    execFileSync('git', words, { cwd: this.workspace, encoding: 'utf8' }).trim();

  plan = (count: number): Promise<SprintId> =>
    planParts((id, input) => this.host.run(id, input), this.folder, count);

  /** What the tests of a branch say. */
  check = (branch: string): string =>
    checkParts(this.workspace, branch, path.join(this.folder, 'checked-out'));

  async close(): Promise<void> {
    await this.host.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
