import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { codex } from '../../src/agents/providers/codex.ts';
import { gitFolders } from '../../src/cli/run/git.ts';
import { needsCodexSandbox } from '../support/codexSandbox.ts';
import { ProviderWorld } from '../support/providerWorld.ts';
import { behavesAsAnAgent, isTested, openWorld, type Traits } from './realCli.ts';

const traits: Traits = {
  provider: codex,
  exhausted: (resetsAt) => ({
    status: 429,
    type: 'usage_limit_reached',
    message: 'The usage limit has been reached',
    more: { plan_type: 'plus', resets_at: resetsAt.getTime() / 1000 },
  }),
  tellsUntil: true,
  unknownSession: randomUUID(),
  sandboxed: true,
};

describe('Codex, the real program', () => {
  if (!isTested('codex')) return;
  let world: ProviderWorld;
  beforeEach(async () => (world = await openWorld(traits)));
  afterEach(() => world.close());

  behavesAsAnAgent(traits, () => world);

  it('notices a denied tool although the exit code is 0', async function () {
    needsCodexSandbox(this);
    // A person's own arguments can take back the approval that the adapter gives.
    const agent = await world.start({
      settings: { extraArguments: ['-c', 'mcp_servers.sloop.default_tools_approval_mode="prompt"'] },
    });
    assert.equal((await agent.ended).exitCode, 0);
    assert.deepEqual(
      agent.seen('denied').map(({ tool }) => tool),
      ['report', 'report'],
    );
    assert.equal(agent.seen('ended').length, 1);
    assert.deepEqual(world.bridgeCalls(), []);
  });

  it('is offered its role’s tools of the bridge alone', async () => {
    const agent = await world.start();
    await agent.ended;
    const tools = world.model.asked[0]?.request.tools ?? [];
    const ours = tools.filter(({ namespace }) => namespace === 'mcp__sloop').map(({ name }) => name);
    assert.deepEqual(ours, ['report']);
  });

  for (const access of ['read-only', 'read-only-shell', 'minimal'] as const) {
    it(`keeps a reader from changing a file (${access})`, async function () {
      needsCodexSandbox(this);
      const agent = await world.start({ systemPrompt: 'role: reviewer', access });
      await agent.ended;
      assert.equal(world.read('reviewed.txt'), undefined);
      assert.equal(world.bridgeCalls().length, 1);
    });
  }
});

describe('Codex, a reader that runs tests', () => {
  if (!isTested('codex')) return;
  it('has a temporary folder and the loopback interface, and yet cannot change the repository', async function () {
    needsCodexSandbox(this);
    const world = await ProviderWorld.open(codex, () => [
      {
        name: 'tester',
        steps: [
          {
            run: 'echo found > "$(mktemp)" && node -e "fetch(process.env.SERVER).then(r=>console.log(r.status))"',
          },
          { run: 'touch here.txt || echo "cannot write"' },
          { text: 'Tested.' },
        ],
      },
    ]);
    try {
      const env = { SERVER: `${world.model.url}/nothing` };
      await (
        await world.start({ access: 'read-only-shell', settings: { env } })
      ).ended;
      const [tests = '', writing = ''] = world.model.asked.at(-1)?.request.results ?? [];
      assert.match(tests, /Output:\n404/);
      assert.match(writing, /cannot write/);
      assert.equal(world.read('here.txt'), undefined);
    } finally {
      await world.close();
    }
  });
});

describe('Codex, commits', () => {
  if (!isTested('codex')) return;
  const commit = 'git -c user.name=a -c user.email=a@example.com commit --quiet --allow-empty -m work';

  for (const [named, allowed] of [
    [true, 0],
    [false, 128],
  ] as const) {
    it(`${named ? 'commits' : 'cannot commit'} when the git folder is ${named ? '' : 'not '}named writable`, async function () {
      needsCodexSandbox(this);
      const world = await ProviderWorld.open(codex, () => [
        { name: 'committer', steps: [{ run: commit }, { text: 'Committed.' }] },
      ]);
      try {
        const writableFolders = named ? [path.join(world.repository, '.git')] : [];
        await (
          await world.start({ writableFolders })
        ).ended;
        const log = () =>
          execFileSync('git', ['-C', world.repository, 'log', '--format=%s'], { stdio: 'pipe' });
        if (allowed === 0) assert.equal(log().toString(), 'work\n');
        else assert.throws(log);
      } finally {
        await world.close();
      }
    });
  }

  it('commits in a worktree and in a submodule, whose git folders lie elsewhere', async function () {
    needsCodexSandbox(this);
    const world = await ProviderWorld.open(codex, () => [
      { name: 'committer', steps: [{ run: commit }, { text: 'Committed.' }] },
    ]);
    try {
      const git = (folder: string, ...words: string[]) =>
        execFileSync('git', ['-c', 'protocol.file.allow=always', '-C', folder, ...words], { stdio: 'pipe' });
      const root = path.dirname(world.repository);
      const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
      git(world.repository, ...identity, 'commit', '--quiet', '--allow-empty', '--message', 'begin');
      git(world.repository, 'worktree', 'add', '--quiet', path.join(root, 'worktree'));
      git(world.repository, 'submodule', '--quiet', 'add', world.repository, 'part');
      for (const workingFolder of [path.join(root, 'worktree'), path.join(world.repository, 'part')]) {
        const writableFolders = await gitFolders(workingFolder, process.env);
        await (
          await world.start({ workingFolder, writableFolders })
        ).ended;
        assert.equal(git(workingFolder, 'log', '-1', '--format=%s').toString(), 'work\n', workingFolder);
      }
    } finally {
      await world.close();
    }
  });
});
