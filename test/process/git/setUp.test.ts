import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import {
  agentGitConfig,
  removeAgentGitSettings,
  writeAgentGitSettings,
} from '../../../src/git/agentGitSettings.ts';
import { changesOf, fileAt } from '../../../src/git/changes.ts';
import { commitWork } from '../../../src/git/commitWork.ts';
import { createGit } from '../../../src/git/git.ts';
import { cloneRepository, fetchRepository } from '../../../src/git/remotes.ts';
import { setUpWorktree } from '../../../src/git/setUp.ts';
import { runSetUpCommand } from '../../../src/git/setUpCommand.ts';
import { folderSize, lookAtWork } from '../../../src/git/workState.ts';
import { makeWorktree } from '../../../src/git/worktrees.ts';
import { GitWorld } from '../../support/gitRepository.ts';

const branch = 'sloop/shop/todo-1';
const secret = 'KEY=do-not-tell';

describe('a worktree is set up', function () {
  this.timeout(60_000);
  let world: GitWorld;
  let repository: string;
  let worktree: string;
  const agent = 'brave-otter';
  const bring = async (copyFiles: readonly string[], linkFolders: readonly string[] = []) => {
    const outcome = await setUpWorktree(world.git, { repository, worktree, copyFiles, linkFolders });
    const settings = { own: world.own, agent, paths: outcome.put };
    await writeAgentGitSettings(world.git, world.environment, settings);
    return outcome;
  };

  beforeEach(async () => {
    world = new GitWorld();
    repository = world.repository('shop', {
      'README.md': 'one\n',
      'tracked.env': 'A=1\n',
      '.gitignore': 'node_modules/\n*.log\n',
    });
    world.write(repository, {
      '.env': secret,
      'config/local.json': secret,
      'node_modules/pad/index.js': 'pad',
    });
    worktree = path.join(world.own, agent);
    await makeWorktree(world.git, { repository, path: worktree, own: world.own }, ['main', branch]);
  });
  afterEach(() => world.dispose());

  it('files are copied, folders linked; twice is as once; what is absent or carried by git is left out', async () => {
    const names = ['.env', 'config/local.json', 'absent.txt', 'tracked.env'] as const;
    const first = await bring(names, ['node_modules', 'dist']);
    assert.deepEqual(first, { put: ['.env', 'config/local.json', 'node_modules'], notes: [] });
    assert.equal(readFileSync(path.join(worktree, '.env'), 'utf8'), secret);
    assert.ok(lstatSync(path.join(worktree, 'node_modules')).isSymbolicLink());
    assert.equal(readFileSync(path.join(worktree, 'node_modules/pad/index.js'), 'utf8'), 'pad');
    assert.deepEqual(await bring(names, ['node_modules', 'dist']), first);
  });

  it('what was put there counts as no work and is never committed: not by Sloop, not by the agent', async () => {
    await bring(['.env', 'config/local.json'], ['node_modules']);
    assert.deepEqual(await lookAtWork(world.git, worktree, 'main'), {
      uncommitted: 0,
      unmerged: 0,
    });
    const begun = world.look(repository);
    world.write(worktree, { 'a.txt': 'by the agent' });
    const asAgent = createGit({ ...world.environment, GIT_CONFIG_GLOBAL: agentGitConfig(world.own, agent) });
    await asAgent(worktree, ['add', '--all']);
    await asAgent(worktree, ['commit', '-m', 'By the agent']);
    world.write(worktree, { 'b.txt': 'left uncommitted', 'noise.log': 'ignored by the repository' });
    assert.ok((await commitWork(world.git, { worktree, branch }, 'By Sloop')).ok);
    const committed = world.run(worktree, 'log', '--name-only', '--format=', 'main..HEAD').split('\n').sort();
    assert.deepEqual(committed, ['a.txt', 'b.txt']);
    assert.deepEqual(world.look(repository), begun, 'neither its files nor its configuration changed');
  });

  it('the user’s own global settings and ignored files stay in force for the agent', async () => {
    world.write(world.root, {
      '.gitconfig': '[user]\n\tname = Grace\n[core]\n\texcludesFile = ~/mine\n',
      mine: '*.swp\n',
    });
    await bring(['.env']);
    const { GIT_AUTHOR_NAME: _a, GIT_COMMITTER_NAME: _c, ...rest } = world.environment;
    const asAgent = createGit({ ...rest, GIT_CONFIG_GLOBAL: agentGitConfig(world.own, agent) });
    assert.equal((await asAgent(worktree, ['config', 'user.name'])).out, 'Grace\n');
    world.write(worktree, { 'x.swp': 'x', 'kept.txt': 'k' });
    assert.equal((await asAgent(worktree, ['status', '--porcelain'])).out, '?? kept.txt\n');
    await removeAgentGitSettings(world.own, agent);
    assert.ok(!existsSync(agentGitConfig(world.own, agent)));
  });

  it('nothing is read or written outside, whatever the names and links say', async () => {
    const outside = path.join(world.root, 'outside');
    world.write(outside, { id_rsa: 'private' });
    symlinkSync(path.join(outside, 'id_rsa'), path.join(repository, 'key'));
    mkdirSync(path.join(repository, 'conf'));
    world.write(repository, { 'conf/app.env': secret });
    // The branch carries a link in the place of the folder.
    symlinkSync(outside, path.join(worktree, 'conf'));
    const outcome = await bring([
      '../outside/id_rsa',
      '/etc/hostname',
      '.git/config',
      'key',
      'conf/app.env',
      'config',
    ]);
    assert.deepEqual(outcome.put, []);
    assert.equal(outcome.notes.length, 6);
    assert.ok(!existsSync(path.join(outside, 'app.env')));
    assert.ok(!existsSync(path.join(worktree, 'key')));
  });

  it('a set-up command runs in it, and its failure, its silence and its length are bounded', async () => {
    const run = (code: string, patienceMs = 20_000) =>
      runSetUpCommand({
        argv: [process.execPath, '-e', code],
        folder: worktree,
        environment: process.env,
        patienceMs,
      });
    assert.deepEqual(await run('console.log(process.cwd())'), { succeeded: true, how: '', output: worktree });
    const failed = await run('console.error("no such thing"); process.exit(3)');
    assert.deepEqual(failed, { succeeded: false, how: 'ended with exit code 3', output: 'no such thing' });
    assert.match((await run('setInterval(() => {}, 1000)', 500)).how, /longer than 0\.5 s/);
    const none = { argv: ['no-such-program'], folder: worktree, environment: process.env, patienceMs: 1000 };
    assert.match((await runSetUpCommand(none)).how, /could not be started/);
    assert.equal((await run('process.stdout.write("x".repeat(100000))')).output.length, 20_000);
  });

  it('changes are told against where the work began, committed or not, with their counts', async () => {
    const from = world.run(repository, 'rev-parse', 'main');
    world.commit(repository, { 'later.txt': 'by others\n' }, 'Later');
    world.write(worktree, { 'README.md': 'one\ntwo\n', 'tab\tname.txt': 'x\n' });
    world.run(worktree, 'mv', 'tracked.env', 'renamed.env');
    world.commit(worktree, {}, 'Work');
    await bring(['.env'], ['node_modules']);
    const range = { base: 'main', head: branch };
    const committed = await changesOf(world.git, repository, range);
    assert.deepEqual(committed, {
      from,
      to: world.run(worktree, 'rev-parse', 'HEAD'),
      files: [
        { path: 'README.md', oldPath: null, kind: 'modified', added: 1, removed: 0 },
        { path: 'renamed.env', oldPath: 'tracked.env', kind: 'renamed', added: 0, removed: 0 },
        { path: 'tab\tname.txt', oldPath: null, kind: 'added', added: 1, removed: 0 },
      ],
    });
    world.write(worktree, { 'new.txt': 'a\nb' });
    rmSync(path.join(worktree, 'README.md'));
    const live = await changesOf(world.git, repository, { ...range, worktree });
    assert.equal(live.to, null);
    assert.deepEqual(
      live.files.map(({ path: name, kind, added, removed }) => [name, kind, added, removed]),
      [
        ['README.md', 'deleted', 0, 1],
        ['new.txt', 'added', 2, 0],
        ['renamed.env', 'renamed', 0, 0],
        ['tab\tname.txt', 'added', 1, 0],
      ],
    );
    const then = await fileAt(world.git, repository, committed.from, 'README.md');
    assert.equal(Buffer.from(then ?? []).toString(), 'one\n');
    assert.equal(await fileAt(world.git, repository, branch, 'no/such.txt'), undefined);
  });

  it('what would be lost and what it takes on disk are told', async () => {
    world.commit(worktree, { 'a.txt': 'a' }, 'One');
    world.write(worktree, { 'b.txt': 'b', 'c/d.txt': 'd' });
    assert.deepEqual(await lookAtWork(world.git, worktree, 'main'), { uncommitted: 2, unmerged: 1 });
    assert.ok(((await folderSize(worktree)) ?? 0) > 0);
  });

  it('a repository is cloned whole or not at all, and fetched; one that is gone is a note', async () => {
    const url = `file://${repository}`;
    const own = path.join(world.root, 'clones');
    const folder = path.join(own, 'shop');
    world.write(`${folder}.part`, { 'left-over.txt': 'of a host that was killed' });
    await cloneRepository(world.git, { url, folder, own });
    assert.ok(existsSync(path.join(folder, 'README.md')) && !existsSync(`${folder}.part`));
    const newer = world.commit(repository, { 'n.txt': 'n' }, 'Newer');
    assert.deepEqual(await fetchRepository(world.git, folder, null), { fetched: true, problem: null });
    assert.equal(world.run(folder, 'rev-parse', 'origin/main'), newer);
    assert.deepEqual(await fetchRepository(world.git, repository, null), { fetched: false, problem: null });
    rmSync(repository, { recursive: true });
    assert.match((await fetchRepository(world.git, folder, null)).problem ?? '', /could not be fetched/);
    await assert.rejects(
      cloneRepository(world.git, { url, folder: path.join(own, 'again'), own }),
      /git clone/,
    );
    await assert.rejects(cloneRepository(world.git, { url, folder: path.join(own, '..', 'x'), own }));
  });

  it('a server that asks for a password ends at once', async () => {
    const started = Date.now();
    world.run(repository, 'remote', 'add', 'origin', 'ssh://nobody@127.0.0.1:1/x.git');
    assert.match((await fetchRepository(world.git, repository, null)).problem ?? '', /could not be fetched/);
    assert.ok(Date.now() - started < 20_000);
  });
});
