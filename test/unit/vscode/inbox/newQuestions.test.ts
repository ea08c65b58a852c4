import assert from 'node:assert/strict';
import { newQuestions } from '../../../../src/vscode/inbox/newQuestions.ts';
import type { InboxItem } from '../../../../src/vscode/trees/model/entity.ts';

const questions = (...ids: string[]) => ids.map((id) => ({ id, kind: 'question' }) as InboxItem);

describe('telling of questions', () => {
  it('is one line for those that waited at the start', () => {
    assert.deepEqual(newQuestions(null, questions('a', 'b')), { single: [], together: 2 });
    assert.deepEqual(newQuestions(null, []), { single: [], together: 0 });
  });
  it('is one notification for each new one, and never again', () => {
    const all = questions('a', 'b');
    assert.deepEqual(newQuestions(new Set(['a']), all), { single: [all[1]], together: 0 });
    assert.deepEqual(newQuestions(new Set(['a', 'b']), all), { single: [], together: 0 });
  });
  it('is one line for many at once', () => {
    assert.deepEqual(newQuestions(new Set(), questions('a', 'b', 'c', 'd')), { single: [], together: 4 });
  });
});
