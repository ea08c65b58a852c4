import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextTick, relativeTime } from '../../../../webview-ui/shared/relativeTime.ts';

const noon = new Date(2026, 4, 10, 12, 0, 0).getTime();
const ago = (ms: number) => relativeTime(noon - ms, noon);

describe('relative times', () => {
  it('are said as a person says them', () => {
    assert.equal(ago(0), 'just now');
    assert.equal(ago(10_000), '10 s ago');
    assert.equal(ago(12 * 60_000), '12 min ago');
    assert.equal(ago(3 * 3_600_000), '3 h ago');
    assert.equal(ago(20 * 3_600_000), 'yesterday');
    assert.equal(ago(4 * 86_400_000), '4 days ago');
    assert.equal(ago(40 * 86_400_000), '2026-03-31');
  });

  it('call a time ahead of this clock "just now"', () => assert.equal(ago(-60_000), 'just now'));

  it('hold until the next tick is due', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_600_000 - 1 }), (age) => {
        const then = noon - age;
        const wait = nextTick(then, noon);
        assert.ok(wait > 0);
        assert.equal(relativeTime(then, noon + wait - 1), relativeTime(then, noon));
      }),
    );
  });
});
