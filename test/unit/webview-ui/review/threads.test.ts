import assert from 'node:assert/strict';
import type { ReviewComment } from '../../../../src/protocol/review.ts';
import { diffLines } from '../../../../webview-ui/review/model/lineDiff.ts';
import { placeThread, threadsOf, threadTitle } from '../../../../webview-ui/review/model/threads.ts';

let minute = 0;
const remark = (fields: Partial<Record<keyof ReviewComment, unknown>>): ReviewComment =>
  ({
    id: `comment${minute}`,
    parentId: null,
    version: 1,
    startLine: 2,
    endLine: 2,
    body: 'Why?',
    author: 'person',
    resolvedAt: null,
    createdAt: `2026-05-01T10:${String(10 + (minute += 1))}:00.000Z`,
    ...fields,
  }) as ReviewComment;

const texts: Record<number, string[]> = {
  1: ['a', 'b', 'c'],
  2: ['new', 'a', 'b', 'c'],
  3: ['new', 'a', 'B!', 'c'],
};
const shown = (version: number, base: number | null = null) => ({
  base,
  version,
  lineCount: texts[version]?.length ?? 0,
  changesSince: (from: number) => diffLines(texts[from] ?? [], texts[version] ?? []),
});
const placed = (fields: Partial<Record<keyof ReviewComment, unknown>>, version: number, base?: number) => {
  const [thread] = threadsOf([remark(fields)]);
  assert.ok(thread);
  const found = placeThread(thread, shown(version, base ?? null));
  assert.ok(found);
  return found;
};

describe('threads', () => {
  it('hold a remark with its replies, oldest first, resolved as one', () => {
    const first = remark({ resolvedAt: '2026-05-02T00:00:00.000Z' });
    const [early, late] = [remark({ parentId: first.id }), remark({ parentId: first.id })];
    const [thread] = threadsOf([late, first, early]);
    assert.deepEqual(thread?.replies, [early, late]);
    assert.equal(thread?.resolved, true);
  });

  it('stand where their lines are in the version on screen', () => {
    assert.equal(threadTitle(placed({}, 1)), 'Line 2 · unresolved');
    assert.equal(threadTitle(placed({}, 2)), 'Line 3 · unresolved');
    assert.equal(threadTitle(placed({ startLine: 1, endLine: 2 }, 2)), 'Lines 2–3 · unresolved');
  });

  it('say that they are outdated, and of which lines they spoke', () => {
    assert.equal(threadTitle(placed({}, 3)), 'Line 2 of v1 · outdated · unresolved');
    assert.equal(placed({}, 3).range?.start, 3);
  });

  it('stand at the side of the base where their lines are only there', () => {
    const thread = placed({}, 3, 1);
    assert.equal(thread.side, 'old');
    assert.equal(threadTitle(thread), 'Line 2 of v1 · unresolved');
  });

  it('about all of it stand above it', () => {
    assert.equal(threadTitle(placed({ startLine: null, endLine: null }, 2)), 'Whole artifact · unresolved');
  });

  it('wait for the version that they were written on', () => {
    const [thread] = threadsOf([remark({})]);
    assert.ok(thread);
    assert.equal(placeThread(thread, { ...shown(2), changesSince: () => null }), null);
  });
});
