import assert from 'node:assert/strict';
import type { TodoId } from '../../../../src/domain/ids.ts';
import { baseLine, isWorkBranch, lineTo, workBranch } from '../../../../src/domain/worktree/branchLine.ts';

const project = { slug: 'shop', branch: null };
const sprint = { number: 2, branch: null };
const todo = 'todo0001' as TodoId;

describe('the line of branches', () => {
  it('leads from the repository’s own over project and sprint to the work', () => {
    assert.deepEqual(baseLine({ project: null, sprint: null }, 'main'), ['main']);
    assert.deepEqual(baseLine({ project, sprint: null }, 'main'), ['main', 'sloop/shop/project']);
    assert.deepEqual(baseLine({ project, sprint }, 'main'), [
      'main',
      'sloop/shop/project',
      'sloop/shop/sprint-2',
    ]);
    assert.equal(workBranch({ project, sprint }, todo, 'brave-otter'), 'sloop/shop/todo-todo0001');
    assert.equal(workBranch({ project, sprint }, null, 'brave-otter'), 'sloop/agent/brave-otter');
    assert.equal(workBranch({ project: null, sprint: null }, todo, 'brave-otter'), 'sloop/agent/brave-otter');
  });

  it('takes the names that project and sprint were given', () => {
    const named = { project: { ...project, branch: 'next' }, sprint: { ...sprint, branch: 'two' } };
    assert.deepEqual(baseLine(named, 'main'), ['main', 'next', 'two']);
  });

  it('ends at any branch, cut at what that is merged into', () => {
    const place = { project, sprint };
    assert.deepEqual(lineTo(place, 'main', 'sloop/shop/project', 'sloop/shop/sprint-2'), [
      'main',
      'sloop/shop/project',
      'sloop/shop/sprint-2',
    ]);
    assert.deepEqual(lineTo(place, 'main', 'main', 'x'), ['main', 'x']);
    assert.deepEqual(lineTo(place, 'main', 'another', 'x'), ['another', 'x'], 'a base of another time');
  });

  it('tells branches of work from those that gather it', () => {
    for (const branch of ['sloop/shop/todo-todo0001', 'sloop/agent/brave-otter'])
      assert.ok(isWorkBranch(branch), branch);
    for (const branch of ['main', 'sloop/shop/project', 'sloop/shop/sprint-1', 'my/todo-1', 'xsloop/agent/a'])
      assert.ok(!isWorkBranch(branch), branch);
  });
});
