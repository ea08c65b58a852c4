import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ownFolder } from '../../../src/git/ownFolder.ts';
import { makeWorktree, removeWorktree } from '../../../src/git/worktrees.ts';
import { GitWorld } from '../../support/gitRepository.ts';
import { refusalOf } from '../../support/testHost.ts';

const line = ['main', 'sloop/shop/project', 'sloop/shop/todo-1'] as const;
const branch = 'sloop/shop/todo-1';

describe('worktrees of a real repository', function () {
  this.timeout(60_000);
  let world: GitWorld;
  let repository: string;
  const place = (name = 'brave-otter') => ({
    repository,
    path: path.join(world.own, name),
    own: world.own,
  });

  beforeEach(() => {
    world = new GitWorld();
    repository = world.repository('shop');
  });
  afterEach(() => world.dispose());

  it('one is made with its whole line of branches, and the user’s checkout stays as it was', async () => {
    world.write(repository, { 'README.md': 'being edited\n', 'notes.txt': 'untracked\n' });
    world.write(repository, { 'staged.txt': 'staged\n' });
    world.run(repository, 'add', 'staged.txt');
    const before = world.look(repository);
    const { began: begin, isNew } = await makeWorktree(world.git, place(), line);
    assert.ok(isNew);
    assert.deepEqual(world.look(repository), before);
    assert.equal(begin, world.run(repository, 'rev-parse', 'main'));
    assert.equal(world.run(place().path, 'rev-parse', '--abbrev-ref', 'HEAD'), branch);
    assert.equal(readFileSync(path.join(place().path, 'README.md'), 'utf8'), 'one\n');
    assert.match(world.run(repository, 'branch', '--list'), /sloop\/shop\/project/);
  });

  it('making it again takes it as it is, with the work in it, and tells where its branch began', async () => {
    await makeWorktree(world.git, place(), line);
    const began = world.run(repository, 'rev-parse', 'main');
    world.commit(place().path, { 'a.txt': 'a' }, 'Work');
    world.write(place().path, { 'b.txt': 'not committed' });
    assert.deepEqual(await makeWorktree(world.git, place(), line), { began, isNew: false });
    assert.ok(existsSync(path.join(place().path, 'b.txt')));
    assert.equal(world.run(repository, 'worktree', 'list').split('\n').length, 2);
  });

  it('one that was left half-made is made again', async () => {
    await makeWorktree(world.git, place(), line);
    // As a git that was killed in the middle of `worktree add` leaves it: locked, files missing.
    writeFileSync(path.join(repository, '.git/worktrees/brave-otter/locked'), 'initializing');
    world.run(place().path, 'rm', '--quiet', 'README.md');
    await makeWorktree(world.git, place(), line);
    assert.equal(world.run(place().path, 'status', '--porcelain'), '');
    assert.equal(world.run(repository, 'worktree', 'list').split('\n').length, 2);
  });

  it('one whose folder was deleted is made again; one that was moved away is left alone', async () => {
    await makeWorktree(world.git, place(), line);
    renameSync(place().path, path.join(world.root, 'away'));
    await makeWorktree(world.git, place(), line);
    assert.ok(existsSync(path.join(place().path, 'README.md')));
    world.run(repository, 'worktree', 'move', place().path, path.join(world.root, 'moved'));
    assert.deepEqual(await removeWorktree(world.git, place()), { ok: true, value: null });
    assert.ok(existsSync(path.join(world.root, 'moved', 'README.md')), 'nothing outside is deleted');
    assert.ok(existsSync(path.join(world.root, 'away', 'README.md')));
    await assert.rejects(makeWorktree(world.git, place(), line), /is checked out in .*moved/);
  });

  it('a line begins at what was fetched last where that is further on', async () => {
    const clone = path.join(world.root, 'clone');
    world.run(world.root, 'clone', '--quiet', repository, clone);
    const newer = world.commit(repository, { 'new.txt': 'new' }, 'Newer');
    world.run(clone, 'fetch', '--quiet');
    await makeWorktree(world.git, { ...place(), repository: clone }, line);
    assert.equal(world.run(clone, 'rev-parse', branch), newer);
    assert.notEqual(world.run(clone, 'rev-parse', 'main'), newer, 'the user’s own branch stays');
  });

  it('a repository without a commit, or without the base, says what to do', async () => {
    const empty = path.join(world.root, 'empty');
    mkdirSync(empty);
    world.run(empty, 'init', '--quiet', '--initial-branch=main');
    await assert.rejects(makeWorktree(world.git, { ...place(), repository: empty }, line), /no commit yet/);
    const other = ['trunk', branch] as const;
    await assert.rejects(makeWorktree(world.git, place(), other), /no branch trunk .*--default-branch/);
  });

  it('what somebody else put there is neither used nor deleted', async () => {
    world.write(place().path, { 'precious.txt': 'mine' });
    await assert.rejects(makeWorktree(world.git, place(), line), /Something else is in/);
    assert.equal(refusalOf(await removeWorktree(world.git, place())).code, 'conflict');
    const other = world.repository('other');
    world.run(other, 'worktree', 'add', '--quiet', path.join(world.own, 'theirs'), '-b', 'theirs');
    assert.equal(refusalOf(await removeWorktree(world.git, place('theirs'))).code, 'conflict');
    assert.ok(existsSync(path.join(world.own, 'theirs', 'README.md')));
    assert.ok(existsSync(path.join(place().path, 'precious.txt')));
  });

  it('removal takes the folder, git’s record and an empty folder above, and nothing through links', async () => {
    const shared = path.join(world.root, 'node_modules');
    world.write(shared, { 'left-pad.js': 'shared' });
    const nested = place(path.join('brave-otter', 'shop'));
    await makeWorktree(world.git, nested, line);
    symlinkSync(shared, path.join(nested.path, 'node_modules'));
    assert.deepEqual(await removeWorktree(world.git, nested), { ok: true, value: null });
    assert.ok(!existsSync(path.dirname(nested.path)));
    assert.ok(existsSync(path.join(shared, 'left-pad.js')));
    assert.equal(world.run(repository, 'worktree', 'list').split('\n').length, 1);
  });

  it('the user’s own checkout is refused under every name', async () => {
    mkdirSync(world.own);
    symlinkSync(repository, path.join(world.own, 'linked'));
    symlinkSync(world.root, path.join(world.own, 'above'));
    const names = [
      repository,
      world.own,
      path.join(world.own, '..', 'shop'),
      `${world.own}/x/../../shop`,
      path.join(world.own, 'linked'),
      path.join(world.own, 'above', 'shop'),
      `${world.own}-other/shop`,
      'worktrees/shop',
      '/',
    ];
    for (const folder of names) {
      const refusal = refusalOf(
        await removeWorktree(world.git, { repository, path: folder, own: world.own }),
      );
      assert.equal(refusal.code, 'forbidden', folder);
      await assert.rejects(
        makeWorktree(world.git, { repository, path: folder, own: world.own }, line),
        folder,
      );
    }
    assert.ok(existsSync(path.join(repository, 'README.md')));
  });

  it('a folder of worktrees that is itself reached by a link is Sloop’s own all the same', async () => {
    mkdirSync(world.own);
    const other = path.join(world.root, 'linked-home');
    symlinkSync(world.own, other);
    const found = await ownFolder(path.join(other, 'brave-otter'), other);
    assert.deepEqual(found, { ok: true, value: path.join(world.own, 'brave-otter') });
  });
});
