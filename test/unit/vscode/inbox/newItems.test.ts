import assert from 'node:assert/strict';
import { newItems, newsKey } from '../../../../src/vscode/inbox/newItems.ts';
import type { InboxItem } from '../../../../src/vscode/trees/model/entity.ts';

const questions = (...ids: string[]) =>
  ids.map((id) => ({ id, kind: 'question', title: `Question ${id}` }) as InboxItem);

describe('telling of what waits', () => {
  it('is one line for those that waited at the start', () => {
    assert.deepEqual(newItems(null, questions('a', 'b')), { single: [], together: 2 });
    assert.deepEqual(newItems(null, []), { single: [], together: 0 });
  });
  it('is one notification for each new one, and never again', () => {
    const all = questions('a', 'b');
    assert.deepEqual(newItems(new Set(questions('a').map(newsKey)), all), { single: [all[1]], together: 0 });
    assert.deepEqual(newItems(new Set(all.map(newsKey)), all), { single: [], together: 0 });
  });
  it('is one line for many at once', () => {
    assert.deepEqual(newItems(new Set(), questions('a', 'b', 'c', 'd')), { single: [], together: 4 });
  });
  it('is another one when the same agent waits for something else', () => {
    const [before] = questions('a');
    const now = { ...before, title: 'May I publish?' } as InboxItem;
    assert.deepEqual(newItems(new Set(questions('a').map(newsKey)), [now]), { single: [now], together: 0 });
  });
});
