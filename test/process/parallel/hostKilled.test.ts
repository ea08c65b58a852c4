import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { OutputOf } from '../../../src/operations/client.ts';
import { GitWorld } from '../../support/gitRepository.ts';
import { RealHost } from '../../support/realHost.ts';

const project = 'sloop/shop/project';

/**
 * Stands in for git on the PATH: where a call fits what the test wrote, it stops before or after the real one, so
 * that the host can be killed just there.
 */
const faultyGit = (real: string): string => `#!/bin/sh
stop() { touch "$FAULTS/reached"; exec sleep 600; }
fits() { [ -f "$FAULTS/$1" ] && case "$words" in *"$(cat "$FAULTS/$1")"*) true;; *) false;; esac; }
words="$*"
if fits before; then stop; fi
if fits after; then "${real}" "$@"; stop; fi
exec "${real}" "$@"
`;

describe('a host that is killed while git works', function () {
  this.timeout(300_000);
  let world: GitWorld;
  let workspace: string;
  let faults: string;
  let host: RealHost;

  beforeEach(async () => {
    world = new GitWorld();
    workspace = world.repository('shop', { 'README.md': 'one\n' });
    world.write(workspace, { '.env': 'KEY=secret', 'draft.txt': 'mine' });
    faults = path.join(world.root, 'faults');
    mkdirSync(path.join(world.root, 'bin'));
    mkdirSync(faults);
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    writeFileSync(path.join(world.root, 'bin/git'), faultyGit(real), { mode: 0o755 });
    const work = ['sh', '-c', 'echo "$SLOOP_TODO" > "$SLOOP_TODO.txt"'];
    const report = { operation: 'report', input: { status: 'done', summary: 'Done.' } };
    const steps = [{ run: { command: work } }, { mcp: report }];
    world.write(world.root, { 'script.yaml': JSON.stringify({ steps }) });
    host = new RealHost({
      workspace,
      store: path.join(world.root, 'store'),
      env: {
        PATH: `${path.join(world.root, 'bin')}:${process.env['PATH'] ?? ''}`,
        HOME: world.root,
        SLOOP_DATA: path.join(world.root, 'data'),
        FAULTS: faults,
      },
    });
    await host.start();
    await host.run('project.create', { title: 'Shop', slug: 'shop', mode: 'autonomous' });
    await host.run('repository.register', { path: workspace, copyFiles: ['.env'] });
  });
  afterEach(async () => {
    clearFaults();
    await host.stop();
    world.dispose();
  });

  const setFault = (when: 'before' | 'after', words: string): void =>
    writeFileSync(path.join(faults, when), words);
  const clearFaults = (): void => {
    for (const name of ['before', 'after', 'reached']) rmSync(path.join(faults, name), { force: true });
  };
  const reached = () => host.until(() => existsSync(path.join(faults, 'reached')), 'git was stopped');

  async function start(): Promise<OutputOf<'agent.start'>> {
    const { todos } = await host.run('todo.create', { title: 'Write it down', project: 'shop' });
    const script = path.join(world.root, 'script.yaml');
    return host.run('agent.start', { role: 'coder', todo: todos[0]?.id, worktree: true, script });
  }

  async function killAndGoOn(): Promise<void> {
    await reached();
    await host.kill();
    clearFaults();
    await host.start();
  }

  /** As if nothing had happened: the work merged once, its todo done, nothing left lying about. */
  async function checkEnd({ todoId: todo, name }: OutputOf<'agent.start'>): Promise<void> {
    assert.ok(todo !== null);
    await host.until(
      async () => (await host.run('todo.show', { todo })).status === 'completed',
      'it is done',
    );
    await host.until(
      async () => (await host.run('worktree.list', { everywhere: true })).items.length === 0,
      'its worktree is cleared away',
    );
    assert.equal(world.run(workspace, 'show', `${project}:${todo}.txt`), todo);
    const merges = world.run(workspace, 'log', '--first-parent', '--format=%s', `main..${project}`);
    assert.equal(merges.split('\n').filter((line) => line.includes(todo)).length, 1, 'it is merged once');
    assert.equal(world.run(workspace, 'worktree', 'list').split('\n').length, 1);
    assert.equal(world.run(workspace, 'log', '--all', '--format=%H', '--', '.env'), '');
    const { items } = await host.run('agent.list', { all: true });
    assert.equal(items.filter((agent) => agent.todoId === todo).length, 1, `${name} alone worked on it`);
  }

  it('goes on wherever it was: making, committing, merging, clearing away', async () => {
    const before = world.look(workspace);
    const places = [
      ['before', 'update-ref --create-reflog'],
      ['before', 'worktree add'],
      ['after', 'worktree add'],
      ['before', 'add --all'],
      ['after', 'add --all'],
      ['after', 'commit --quiet'],
      ['before', 'merge-tree'],
      ['after', 'commit-tree'],
      ['before', `refs/heads/${project}`],
      ['after', `refs/heads/${project}`],
      ['before', 'worktree remove'],
      ['after', 'worktree remove'],
      ['after', 'update-ref -d'],
    ] as const;
    for (const [when, words] of places) {
      setFault(when, words);
      const agent = await start();
      await killAndGoOn();
      await checkEnd(agent);
    }
    assert.deepEqual(world.look(workspace), before);
  });

  it('a worktree that git had half done is made anew, a set-up command that hung is ended and run again', async () => {
    const flag = path.join(world.root, 'ran');
    const code = `echo x >> '${flag}'; [ "$(wc -l < '${flag}')" -gt 1 ] || { touch "$FAULTS/reached"; exec sleep 600; }`;
    await host.run('repository.update', { repository: 'shop', setUpCommand: ['sh', '-c', code] });
    const agent = await start();
    await reached();
    const { items } = await host.run('worktree.list', { everywhere: true });
    const folder = items[0]?.path ?? '';
    await host.kill();
    // As a git leaves it that was killed while it copied files.
    writeFileSync(path.join(workspace, '.git/worktrees', path.basename(folder), 'locked'), 'initializing');
    rmSync(path.join(folder, 'README.md'));
    clearFaults();
    await host.start();
    await checkEnd(agent);
    assert.equal(readFileSync(flag, 'utf8'), 'x\nx\n');
    assert.deepEqual(sleepersOf(faults), [], 'what hung is gone');
    assert.match(world.run(workspace, 'show', `${project}:README.md`), /one/);
  });
});

/** Processes that still have the test's folder in their environment, apart from the host's own. */
function sleepersOf(faults: string): readonly string[] {
  const found = execFileSync('sh', [
    '-c',
    'grep -lz "^FAULTS=$0$" /proc/[0-9]*/environ 2>/dev/null || true',
    faults,
  ]);
  return found
    .toString()
    .split('\n')
    .filter((file) => file !== '' && readFileSync(file.replace('environ', 'comm'), 'utf8') === 'sleep\n');
}
