import assert from 'node:assert/strict';
import path from 'node:path';
import { gitProbe } from '../../../src/host/gitProbe.ts';
import { GitWorld } from '../../support/gitRepository.ts';

describe('where a branch stands, read without git', function () {
  this.timeout(30_000);
  let world: GitWorld;
  let repository: string;
  beforeEach(() => {
    world = new GitWorld();
    repository = world.repository('shop');
  });
  afterEach(() => world.dispose());
  const tip = (branch: string) => world.run(repository, 'rev-parse', `refs/heads/${branch}`);

  it('is the same loose and packed, also after it moved, and from a worktree', () => {
    world.run(repository, 'branch', 'sloop/shop/project');
    assert.equal(gitProbe.tipOf(repository, 'sloop/shop/project'), tip('main'));
    world.run(repository, 'pack-refs', '--all');
    assert.equal(gitProbe.tipOf(repository, 'sloop/shop/project'), tip('main'));
    world.commit(repository, { 'a.txt': 'a' }, 'Second');
    assert.equal(gitProbe.tipOf(repository, 'main'), tip('main'));
    assert.notEqual(tip('main'), tip('sloop/shop/project'));
    const worktree = path.join(world.root, 'tree');
    world.run(repository, 'worktree', 'add', '--quiet', worktree, '-b', 'other');
    assert.equal(gitProbe.tipOf(worktree, 'sloop/shop/project'), tip('sloop/shop/project'));
  });

  it('is nothing for what is no branch, and no repository', () => {
    world.run(repository, 'branch', 'sloop/shop/project');
    assert.equal(gitProbe.tipOf(repository, 'sloop'), null, 'a folder of branches is none');
    assert.equal(gitProbe.tipOf(repository, 'nope'), null);
    assert.equal(gitProbe.tipOf(world.root, 'main'), null);
    assert.equal(gitProbe.tipOf(path.join(world.root, 'nowhere'), 'main'), null);
  });
});
