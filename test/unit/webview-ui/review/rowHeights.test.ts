import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RowHeights } from '../../../../webview-ui/review/model/rowHeights.ts';

describe('row heights', () => {
  it('agree with adding them up, whatever was measured in between', () => {
    const height = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(
        fc.array(height, { minLength: 1, maxLength: 50 }),
        fc.array(fc.tuple(fc.nat(), height, fc.nat())),
        (plain, steps) => {
          const heights = new RowHeights(plain);
          for (const [x, measured, y] of steps) {
            const row = x % plain.length;
            assert.equal(heights.measured(row, measured), measured - (plain[row] ?? 0));
            plain[row] = measured;
            const at = y % (plain.length + 1);
            assert.equal(
              heights.top(at),
              plain.slice(0, at).reduce((sum, one) => sum + one, 0),
            );
          }
          assert.equal(
            heights.total,
            plain.reduce((sum, one) => sum + one, 0),
          );
        },
      ),
    );
  });

  it('find the row at any place', () => {
    const heights = new RowHeights([20, 50, 20]);
    assert.deepEqual(
      [-5, 0, 19, 20, 69, 70, 500].map((y) => heights.rowAt(y)),
      [0, 0, 0, 1, 1, 2, 2],
    );
    assert.deepEqual(heights.window(25, 75), { first: 1, last: 3 });
    assert.deepEqual(new RowHeights([]).window(0, 100), { first: 0, last: 0 });
  });
});
