import assert from 'node:assert/strict';
import { driftOf, driftText } from '../../../../src/domain/proposal/drift.ts';

describe('the drift of a proposal', () => {
  it('is what of its base is not so any more, lists and empty fields included', () => {
    const base = { title: 'A', priority: 'low', acceptanceCriteria: ['x'], deadline: null };
    assert.deepEqual(driftOf(base, { ...base, deadline: undefined }), []);
    assert.deepEqual(driftOf(base, { ...base, title: 'B', acceptanceCriteria: ['x', 'y'] }), [
      { field: 'title', was: 'A', is: 'B' },
      { field: 'acceptanceCriteria', was: ['x'], is: ['x', 'y'] },
    ]);
  });

  it('is told in a line, long texts cut', () => {
    const text = driftText([{ field: 'description', was: 'x'.repeat(500), is: null }]);
    assert.match(text, /^description "x{59}… → null$/);
  });
});
