import assert from 'node:assert/strict';
import { changedPaths, changesText } from '../../../../src/cli/run/workingTree.ts';

describe('what changed in a working tree', () => {
  const before = new Map([
    ['HEAD', 'one'],
    ['dirty.txt', '1 .M'],
    ['gone.txt', '? 1'],
  ]);

  it('is what came, went, or is not as it was, in order', () => {
    const after = new Map([
      ['HEAD', 'one'],
      ['new.txt', '? 2'],
      ['dirty.txt', '2 .M'],
    ]);
    assert.deepEqual(changedPaths(before, after), ['dirty.txt', 'gone.txt', 'new.txt']);
    assert.deepEqual(changedPaths(before, before), []);
  });

  it('is told briefly, however much it is', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `${'d/'.repeat(500)}${index}`);
    const text = changesText(['HEAD', ...many]);
    assert.match(text, /may only read: a commit, …/);
    assert.match(text, / and 4996 more\.$/);
    assert.ok(text.length < 700);
  });
});
