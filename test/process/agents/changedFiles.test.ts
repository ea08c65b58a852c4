import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { RunWorld } from './runWorld.ts';

const reportDone = '{ mcp: { operation: report, input: { status: done, summary: Read } } }';
const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];

describe('an agent whose role may only read', function () {
  this.timeout(120_000);
  let world: RunWorld;
  beforeEach(async () => (world = await RunWorld.open()));
  afterEach(() => world.close());

  const git = (...words: string[]) => execFileSync('git', [...identity, ...words], { cwd: world.folder });

  /** A repository with one file that is committed and one that was changed before the agent came. */
  function makeRepository(): void {
    git('init', '--quiet');
    for (const name of ['kept.txt', 'dirty.txt']) writeFileSync(world.file(name), 'one\n');
    writeFileSync(world.file('.gitignore'), 'script.yaml\nbuilt/\n');
    git('add', '.');
    git('commit', '--quiet', '--message', 'begin');
    writeFileSync(world.file('dirty.txt'), 'two\n');
  }

  /** What a person is told after an agent of `role` ran these commands. */
  async function attentionAfter(
    commands: readonly string[],
    role: 'coder' | 'reader',
  ): Promise<string | null> {
    const steps = commands.map((line) => `{ run: { command: [sh, -c, ${JSON.stringify(line)}] } }`);
    const name = await world.start(`steps: [${[...steps, reportDone].join(', ')}]`, 'streamed', role);
    await world.run(name).ended;
    const agent = await world.agent(name);
    // It is told, and no more: what it read is as good as before.
    assert.deepEqual([agent.status, agent.reported], ['idle', 'done']);
    return agent.attention;
  }

  const told = (list: string) => `Files were changed while it ran, although its role may only read: ${list}.`;

  for (const [what, command, list] of [
    ['makes a file', 'echo x > made.txt', 'made.txt'],
    ['makes files below a new folder', 'mkdir -p a/b && touch a/b/c a/d', 'a/b/c, a/d'],
    ['changes a file', 'echo x > kept.txt', 'kept.txt'],
    ['changes a file that was changed before', 'echo three > dirty.txt', 'dirty.txt'],
    ['takes a change back', 'git checkout --quiet dirty.txt', 'dirty.txt'],
    ['removes a file', 'rm kept.txt', 'kept.txt'],
    ['stages a file', 'git add dirty.txt', 'dirty.txt'],
    [
      'commits',
      'git -c user.name=a -c user.email=a@example.com commit --quiet --allow-empty --message x',
      'a commit',
    ],
    ['makes many', 'touch 1 2 3 4 5 6 7', '1, 2, 3, 4, 5 and 2 more'],
  ] as const)
    it(`is told of when it ${what}`, async () => {
      makeRepository();
      assert.equal(await attentionAfter([command], 'reader'), told(list));
    });

  it('is not when it changes nothing, or only what git ignores', async () => {
    makeRepository();
    const commands = ['cat dirty.txt', 'git status', 'mkdir built && touch built/x'];
    assert.equal(await attentionAfter(commands, 'reader'), null);
  });

  it('is not where there is no repository', async () => {
    assert.equal(await attentionAfter(['touch made.txt'], 'reader'), null);
  });

  it('is not when its role may change files', async () => {
    makeRepository();
    assert.equal(await attentionAfter(['touch made.txt'], 'coder'), null);
  });

  it('runs no program that the repository names', async () => {
    makeRepository();
    writeFileSync(world.file('built.sh'), '#!/bin/sh\ntouch "$(dirname "$0")/ran.txt"\n', { mode: 0o755 });
    git('config', 'core.fsmonitor', world.file('built.sh'));
    assert.equal(await attentionAfter(['true'], 'reader'), null);
  });
});

describe('an agent that did not end by itself', function () {
  this.timeout(120_000);
  let world: RunWorld;
  beforeEach(async () => (world = await RunWorld.open()));
  afterEach(() => world.close());

  const beating = '(for i in $(seq 600); do echo $i > beat; sleep 0.05; done) >/dev/null 2>&1 & sleep 0.5';
  const beat = (): number => Number(world.read('beat'));

  it('leaves nothing running', async () => {
    const name = await world.start(
      `steps: [{ run: { command: [setsid, sh, -c, "${beating}"] } }, { crash: SIGKILL }]`,
    );
    await world.run(name).ended;
    const last = beat();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(beat(), last);
    assert.ok(last < 500);
  });
});
