import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countsOf, diffLines, linesOf, type Change } from '../../../../webview-ui/review/model/lineDiff.ts';

/** The older lines with the changes done to them. */
function applied(before: readonly string[], after: readonly string[], changes: readonly Change[]): string[] {
  const result: string[] = [];
  let at = 0;
  for (const { oldStart, oldEnd, newStart, newEnd } of changes) {
    result.push(...before.slice(at, oldStart), ...after.slice(newStart, newEnd));
    at = oldEnd;
  }
  return [...result, ...before.slice(at)];
}

const few = fc.array(fc.constantFrom('', 'a', 'b', 'c', '}'), { maxLength: 40 });
const many = fc.array(fc.string({ maxLength: 3 }), { maxLength: 60 });

describe('line diff', () => {
  it('turns the older text into the newer one', () => {
    for (const lines of [few, many])
      fc.assert(
        fc.property(lines, lines, (before, after) => {
          assert.deepEqual(applied(before, after, diffLines(before, after)), after);
        }),
        { numRuns: 500 },
      );
  });

  it('keeps equal lines between changes, and no empty change', () => {
    fc.assert(
      fc.property(few, few, (before, after) => {
        let [old, now] = [0, 0];
        for (const change of diffLines(before, after)) {
          assert.equal(change.oldStart - old, change.newStart - now);
          assert.ok(
            change.oldStart > old || change === diffLines(before, after)[0] || change.oldStart >= old,
          );
          assert.ok(change.oldEnd > change.oldStart || change.newEnd > change.newStart);
          [old, now] = [change.oldEnd, change.newEnd];
        }
        assert.equal(before.length - old, after.length - now);
      }),
    );
  });

  it('finds one changed line among many', () => {
    const before = Array.from({ length: 10_000 }, (_, at) => `line ${at % 700}`);
    const after = before.with(5000, 'changed');
    assert.deepEqual(diffLines(before, after), [
      { oldStart: 5000, oldEnd: 5001, newStart: 5000, newEnd: 5001 },
    ]);
  });

  it('stays quick, and right, where 10,000 lines have nothing to hold on to', () => {
    let seed = 1;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) % 5;
    const text = () => Array.from({ length: 10_000 }, () => `line ${random()}`);
    const [before, after] = [text(), text()];
    const started = performance.now();
    const changes = diffLines(before, after);
    const took = performance.now() - started;
    assert.deepEqual(applied(before, after, changes), after);
    assert.ok(took < 2000, `took ${took} ms`);
  });

  it('counts lines', () => {
    const changes = diffLines(linesOf('a\nb\nc'), linesOf('a\nx\ny\nc'));
    assert.deepEqual(countsOf(changes), { added: 2, removed: 1 });
  });

  it('reads both kinds of line ends, and keeps an empty last line', () => {
    assert.deepEqual(linesOf('a\r\nb\n'), ['a', 'b', '']);
  });
});
