import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Range } from '../../../../webview-ui/shared/range.ts';
import { diffWords } from '../../../../webview-ui/review/model/wordDiff.ts';

const texts = (lines: readonly string[], ranges: readonly (readonly Range[])[] | undefined) =>
  lines.map((line, at) => (ranges?.[at] ?? []).map(({ start, end }) => line.slice(start, end)));

const without = (line: string, ranges: readonly Range[]) =>
  ranges.toReversed().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), line);

describe('word diff', () => {
  it('marks what was changed, word by word', () => {
    const old = ['Reads take 180 ms at p95; goal: under 50 ms.'];
    const now = ['Reads take 180 ms at p95; goal: 40 ms or less.'];
    const changes = diffWords(old, now);
    assert.deepEqual(texts(old, changes?.old), [['under 50 ms']]);
    assert.deepEqual(texts(now, changes?.now), [['40 ms or less']]);
  });

  it('finds a line again that stands lower in its block', () => {
    const changes = diffWords(['the limit is 10'], ['a wholly new line', 'the limit is 500']);
    assert.deepEqual(texts(['a wholly new line', 'the limit is 500'], changes?.now), [[], ['500']]);
  });

  it('marks nothing where nearly everything is different, where a side is empty, or where it would take long', () => {
    assert.equal(diffWords(['apples are green'], ['Zebra 12345']), null);
    assert.equal(diffWords([], ['new']), null);
    assert.equal(diffWords(['x '.repeat(20_000)], ['y']), null);
  });

  it('what is left of a line without its marks is equal on both sides, blanks aside', () => {
    const line = fc.array(fc.constantFrom('a', 'b', ' ', '.', 'word', 'é'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(line, line, (a, b) => {
        const [old, now] = [a.join(''), b.join('')];
        const changes = diffWords([old], [now]);
        if (changes === null) return;
        const rest = (text: string, ranges: readonly Range[]) => without(text, ranges).replace(/\s/g, '');
        assert.equal(rest(old, changes.old[0] ?? []), rest(now, changes.now[0] ?? []));
      }),
      { numRuns: 1000 },
    );
  });
});
