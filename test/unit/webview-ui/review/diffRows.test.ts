import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffRows, type DiffLayout, type Insert } from '../../../../webview-ui/review/model/diffRows.ts';
import { diffLines } from '../../../../webview-ui/review/model/lineDiff.ts';

const rowsOf = (
  before: string[],
  after: string[],
  layout: DiffLayout = 'side',
  opened: number[] = [],
  inserts: Insert[] = [],
) => diffRows({ changes: diffLines(before, after), now: after, layout, opened: new Set(opened), inserts });

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`);

describe('diff rows', () => {
  it('show every line once, in order, on both sides, folded or not', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '', '# t'), { maxLength: 60 });
    fc.assert(
      fc.property(lines, lines, fc.constantFrom<DiffLayout>('side', 'inline'), (before, after, layout) => {
        const now: number[] = [];
        const old: number[] = [];
        let shift = 0;
        for (const row of rowsOf(before, after, layout)) {
          if (row.kind === 'line') {
            if (row.now !== null) now.push(row.now);
            if (row.old !== null) old.push(row.old);
            if (row.change === null && row.now !== null && row.old !== null) shift = row.old - row.now;
          } else if (row.kind === 'fold')
            for (let at = row.start; at < row.start + row.count; at += 1) {
              now.push(at);
              old.push(at + shiftAt(before, after, at));
            }
        }
        assert.ok(Number.isInteger(shift));
        assert.deepEqual(now, [...after.keys()]);
        assert.deepEqual(old, [...before.keys()]);
      }),
      { numRuns: 500 },
    );
  });

  it('fold what is far from every change, and name the headings in it', () => {
    const before = [...numbered(10), '## Goals', ...numbered(10)];
    const rows = rowsOf(before, [...before, 'end']);
    assert.deepEqual(rows[0], { kind: 'fold', key: 'fold:0', start: 0, count: 18, headings: ['Goals'] });
    assert.equal(rows.length, 1 + 3 + 1);
  });

  it('do not fold a handful of lines', () => {
    assert.equal(
      rowsOf(numbered(8), [...numbered(8), 'end']).filter(({ kind }) => kind === 'fold').length,
      0,
    );
  });

  it('show an opened fold', () => {
    const rows = rowsOf(numbered(30), [...numbered(30), 'end'], 'inline', [0]);
    assert.equal(rows.length, 31);
  });

  it('pair lines side by side, and stack them inline', () => {
    const [before, after] = [
      ['a', 'old 1', 'z'],
      ['a', 'new 1', 'new 2', 'z'],
    ];
    const pairs = (layout: DiffLayout) =>
      rowsOf(before, after, layout).map((row) => (row.kind === 'line' ? [row.old, row.now] : []));
    assert.deepEqual(pairs('side'), [
      [0, 0],
      [1, 1],
      [null, 2],
      [2, 3],
    ]);
    assert.deepEqual(pairs('inline'), [
      [0, 0],
      [1, null],
      [null, 1],
      [null, 2],
      [2, 3],
    ]);
  });

  it('keep a thread below its line and its surroundings in sight', () => {
    const insert: Insert = { key: 'thread:x', side: 'now', line: 15 };
    const rows = rowsOf(numbered(30), [...numbered(30), 'end'], 'side', [], [insert]);
    const at = rows.findIndex(({ key }) => key === 'thread:x');
    const above = rows[at - 1];
    assert.ok(above?.kind === 'line' && above.now === 15);
    assert.deepEqual(
      rows.filter(({ kind }) => kind === 'fold').map((row) => row.kind === 'fold' && row.start),
      [0, 19],
    );
  });

  it('show a text alone without folds', () => {
    assert.equal(rowsOf([], numbered(100), 'source').length, 100);
  });
});

/** By how much an equal line of the newer text stands lower in the older one. */
function shiftAt(before: string[], after: string[], at: number): number {
  const change = diffLines(before, after).findLast(({ newEnd }) => newEnd <= at);
  return change === undefined ? 0 : change.oldEnd - change.newEnd;
}
