import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commitWork } from '../../../src/git/commitWork.ts';
import { createGit, type Git } from '../../../src/git/git.ts';
import { mergeBranches } from '../../../src/git/mergeBranches.ts';
import { checkGit } from '../../../src/git/version.ts';
import { makeWorktree } from '../../../src/git/worktrees.ts';
import { GitWorld } from '../../support/gitRepository.ts';
import { refusalOf } from '../../support/testHost.ts';

const target = 'sloop/shop/project';
const branch = 'sloop/shop/todo-1';

describe('merging without a working tree', function () {
  this.timeout(60_000);
  let world: GitWorld;
  let repository: string;
  let worktree: string;
  const merge = (git: Git = world.git) =>
    mergeBranches(git, {
      repository,
      source: world.run(repository, 'rev-parse', branch),
      target,
      message: 'Merge todo 1\n\nWhat was done.\n',
    });
  const at = (ref: string) => world.run(repository, 'rev-parse', ref);
  const work = () => ({ worktree, branch });

  beforeEach(async () => {
    world = new GitWorld();
    repository = world.repository('shop', { 'README.md': 'one\ntwo\nthree\n', 'other.txt': 'x\n' });
    worktree = path.join(world.own, 'brave-otter');
    await makeWorktree(world.git, { repository, path: worktree, own: world.own }, ['main', target, branch]);
  });
  afterEach(() => world.dispose());

  it('makes a merge commit of both, also where it could be forwarded, and leaves the checkout alone', async () => {
    const began = at(target);
    world.commit(worktree, { 'a.txt': 'a' }, 'Work');
    const before = world.look(repository);
    const outcome = await merge();
    assert.deepEqual(outcome, { kind: 'merged', tip: at(target), made: true });
    assert.equal(at(`${target}^1`), began);
    assert.equal(at(`${target}^2`), at(branch));
    assert.match(
      world.run(repository, 'log', '-1', '--format=%B', target),
      /^Merge todo 1\n\nWhat was done\.$/,
    );
    assert.deepEqual(world.look(repository), before);
  });

  it('finds out that it was merged already, by itself before it was killed or by a person', async () => {
    world.commit(worktree, { 'a.txt': 'a' }, 'Work');
    await merge();
    assert.deepEqual(await merge(), { kind: 'merged', tip: at(target), made: false });
  });

  it('takes what the target got meanwhile along', async () => {
    world.commit(worktree, { 'README.md': 'ONE\ntwo\nthree\n' }, 'Work');
    const other = path.join(world.own, 'calm-heron');
    const line = ['main', target, 'sloop/shop/todo-2'] as const;
    await makeWorktree(world.git, { repository, path: other, own: world.own }, line);
    const source = world.commit(other, { 'README.md': 'one\ntwo\nTHREE\n' }, 'Other work');
    await mergeBranches(world.git, { repository, source, target, message: 'Other' });
    assert.equal((await merge()).kind, 'merged');
    assert.equal(world.run(repository, 'show', `${target}:README.md`), 'ONE\ntwo\nTHREE');
  });

  it('tells the files of a conflict and changes nothing', async () => {
    world.commit(worktree, { 'README.md': 'mine\n', 'ä b.txt': 'mine' }, 'Work');
    const theirs = world.run(repository, 'commit-tree', `${target}^{tree}`, '-p', target, '-m', 'x');
    world.run(repository, 'update-ref', `refs/heads/${target}`, theirs);
    const other = path.join(world.root, 'other');
    world.run(repository, 'worktree', 'add', '--quiet', other, target);
    world.commit(other, { 'README.md': 'theirs\n', 'ä b.txt': 'theirs' }, 'Theirs');
    world.run(repository, 'worktree', 'remove', '--force', other);
    const stood = at(target);
    assert.deepEqual(await merge(), { kind: 'conflict', files: ['README.md', 'ä b.txt'] });
    assert.equal(at(target), stood);
    assert.equal(world.run(worktree, 'status', '--porcelain'), '');
  });

  it('leaves a target alone that is checked out, until a person has merged it', async () => {
    world.commit(worktree, { 'a.txt': 'a' }, 'Work');
    world.run(repository, 'checkout', '--quiet', target);
    const before = world.look(repository);
    assert.deepEqual(await merge(), { kind: 'checked_out', at: repository });
    assert.deepEqual(world.look(repository), before);
    world.run(repository, 'merge', '--quiet', branch);
    assert.deepEqual(await merge(), { kind: 'merged', tip: at(target), made: false });
  });

  it('a target that moves in between is merged anew, and nothing of it is lost', async () => {
    world.commit(worktree, { 'a.txt': 'a' }, 'Work');
    let moved = '';
    const interfering: Git = (folder, words, options) => {
      if (words[0] === 'update-ref' && moved === '') {
        moved = world.run(repository, 'commit-tree', `${target}^{tree}`, '-p', target, '-m', 'Between');
        world.run(repository, 'update-ref', `refs/heads/${target}`, moved);
      }
      return world.git(folder, words, options);
    };
    assert.equal((await merge(interfering)).kind, 'merged');
    assert.equal(at(`${target}^1`), moved);
  });

  it('commits what an agent left uncommitted, as Sloop where git knows nobody', async () => {
    world.write(worktree, { 'a.txt': 'a', 'README.md': 'changed\n' });
    const { GIT_AUTHOR_NAME: _a, GIT_AUTHOR_EMAIL: _b, ...rest } = world.environment;
    const { GIT_COMMITTER_NAME: _c, GIT_COMMITTER_EMAIL: _d, ...nobody } = rest;
    const result = await commitWork(createGit({ ...nobody, EMAIL: '' }), work(), 'Add a\n\nAs asked.');
    assert.deepEqual(result, { ok: true, value: at(branch) });
    assert.equal(world.run(worktree, 'status', '--porcelain'), '');
    assert.equal(world.run(worktree, 'log', '-1', '--format=%an <%ae> %s'), 'Sloop <sloop@localhost> Add a');
    assert.deepEqual(await commitWork(world.git, work(), 'Again'), result, 'nothing more to commit');
  });

  it('runs no hook of the repository, and no fsmonitor', async () => {
    const trap = path.join(world.root, 'ran');
    for (const hook of ['pre-commit', 'post-commit', 'reference-transaction', 'post-checkout'])
      writeFileSync(path.join(repository, '.git/hooks', hook), `#!/bin/sh\ntouch ${trap}-${hook}\n`, {
        mode: 0o755,
      });
    world.write(worktree, { 'a.txt': 'a' });
    assert.ok((await commitWork(world.git, work(), 'Work')).ok);
    await merge();
    for (const hook of ['pre-commit', 'post-commit', 'reference-transaction', 'post-checkout'])
      assert.throws(() => utimesSync(`${trap}-${hook}`, 0, 0), hook);
  });

  it('with commits left to agents, uncommitted work is refused with what to do', async () => {
    world.write(worktree, { 'a.txt': 'a' });
    const refusal = refusalOf(await commitWork(world.git, work(), null));
    assert.match(refusal.message, /uncommitted changes/);
    assert.equal(world.run(worktree, 'status', '--porcelain'), '?? a.txt');
  });

  it('an unfinished merge is not committed with its marks; a resolved one is concluded', async () => {
    world.commit(worktree, { 'README.md': 'mine\n' }, 'Mine');
    world.commit(repository, { 'README.md': 'theirs\n' }, 'Theirs');
    assert.throws(() => world.run(worktree, 'merge', 'main'));
    assert.match(refusalOf(await commitWork(world.git, work(), 'Work')).message, /README\.md/);
    world.write(worktree, { 'README.md': 'both\n' });
    world.run(worktree, 'add', 'README.md');
    assert.ok((await commitWork(world.git, work(), 'Work')).ok);
    assert.equal(at(`${branch}^2`), at('main'));
  });

  it('follows an agent that committed without its branch, and refuses what parted from it', async () => {
    world.run(worktree, 'checkout', '--quiet', '--detach');
    const further = world.commit(worktree, { 'a.txt': 'a' }, 'Detached');
    assert.deepEqual(await commitWork(world.git, work(), 'Work'), { ok: true, value: further });
    world.run(worktree, 'checkout', '--quiet', '-b', 'elsewhere', 'main');
    world.commit(worktree, { 'b.txt': 'b' }, 'Elsewhere');
    assert.match(refusalOf(await commitWork(world.git, work(), 'Work')).message, /not sloop\/shop\/todo-1/);
  });

  it('the index lock of a process that was killed is no obstacle', async () => {
    world.write(worktree, { 'a.txt': 'a' });
    const lock = path.join(repository, '.git/worktrees/brave-otter/index.lock');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    assert.ok((await commitWork(world.git, work(), 'Work')).ok);
  });

  it('a git that is too old or missing is refused with what to do', async () => {
    const said =
      (out: string): Git =>
      () =>
        Promise.resolve({ code: 0, out, bytes: Buffer.from(out), err: '' });
    assert.match(
      refusalOf(await checkGit(said('git version 2.37.1 (Apple Git-137)'), '/')).next,
      /Update git/,
    );
    assert.ok((await checkGit(said('git version 2.38.0.windows.1'), '/')).ok);
    assert.ok((await checkGit(said('git version 3.0'), '/')).ok);
    assert.ok((await checkGit(world.git, world.root)).ok);
    const none = createGit({ PATH: world.root });
    assert.match(refusalOf(await checkGit(none, world.root)).next, /Install git/);
  });
});
