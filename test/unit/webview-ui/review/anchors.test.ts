import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moveRange } from '../../../../webview-ui/review/model/anchors.ts';
import { diffLines } from '../../../../webview-ui/review/model/lineDiff.ts';

const move = (before: string[], after: string[], start: number, end = start) =>
  moveRange(diffLines(before, after), { start, end }, after.length);

describe('anchors', () => {
  it('move with lines that were written above', () => {
    assert.deepEqual(move(['a', 'b', 'c'], ['new', 'a', 'b', 'c'], 2, 3), {
      start: 3,
      end: 4,
      outdated: false,
    });
  });

  it('shrink to the lines that are left', () => {
    assert.deepEqual(move(['a', 'b', 'c', 'd'], ['a', 'c', 'd'], 2, 3), {
      start: 2,
      end: 2,
      outdated: false,
    });
  });

  it('grow with what was written between their lines', () => {
    assert.deepEqual(move(['a', 'b', 'c'], ['a', 'b', 'x', 'c'], 2, 3), {
      start: 2,
      end: 4,
      outdated: false,
    });
  });

  it('say that they are outdated where their lines were written anew, and stand there', () => {
    assert.deepEqual(move(['a', 'b', 'c'], ['a', 'B!', 'c'], 2), { start: 2, end: 2, outdated: true });
  });

  it('stand at the nearest line where theirs were deleted', () => {
    assert.deepEqual(move(['a', 'b', 'c'], ['a', 'b'], 3), { start: 2, end: 2, outdated: true });
  });

  it('follow their lines through any change, or say that they are outdated', () => {
    const lines = fc.array(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f', ''), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(lines, lines, fc.nat(), fc.nat(), (before, after, x, y) => {
        const [start, end] = [1 + (x % before.length), 1 + (y % before.length)].sort((a, b) => a - b) as [
          number,
          number,
        ];
        const moved = move(before, after, start, end);
        assert.ok(moved.start >= 1 && moved.end >= moved.start && moved.end <= after.length);
        if (moved.outdated) return;
        const commented = before.slice(start - 1, end);
        assert.ok(commented.includes(after[moved.start - 1] ?? '?'));
        assert.ok(commented.includes(after[moved.end - 1] ?? '?'));
      }),
      { numRuns: 1000 },
    );
  });

  it('stay where they are when nothing changed', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), (lines, x) => {
        const at = 1 + (x % lines.length);
        assert.deepEqual(move(lines, lines, at), { start: at, end: at, outdated: false });
      }),
    );
  });
});
