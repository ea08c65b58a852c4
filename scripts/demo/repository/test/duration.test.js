import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../src/duration.js';

test('reads seconds', () => assert.equal(parseDuration('90s'), 90));
test('reads minutes', () => assert.equal(parseDuration('2m'), 120));
test('reads hours', () => assert.equal(parseDuration('3h'), 10800));
test('reads units together', () => assert.equal(parseDuration('1h30m'), 5400));
test('refuses what is no duration', () => {
  for (const text of ['', '5', 'h', '1h 30m', '30m1h']) assert.throws(() => parseDuration(text), RangeError);
});
