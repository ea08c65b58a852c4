import assert from 'node:assert/strict';
import { createRateLimit } from '../../../src/gateway/rateLimit.ts';
import { bearerToken, newToken, sameToken, tokenHash } from '../../../src/gateway/tokens.ts';

describe('tokens', () => {
  it('have 256 bits and never repeat', () => {
    const tokens = Array.from({ length: 100 }, newToken);
    assert.equal(new Set(tokens).size, 100);
    assert.ok(tokens.every((token) => Buffer.from(token, 'base64url').length === 32));
  });
  it('are the same only when they are, whatever the lengths', () => {
    const token = newToken();
    assert.equal(sameToken(token, token), true);
    for (const other of ['', token.slice(1), `${token}x`, newToken()])
      assert.equal(sameToken(token, other), false);
    assert.notEqual(tokenHash(token), token);
  });
  it('come in a bearer header and in no other', () => {
    assert.equal(bearerToken('Bearer abc_-1'), 'abc_-1');
    assert.equal(bearerToken('bearer abc'), 'abc');
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'Basic abc',
      'Bearer a b',
      `Bearer ${'x'.repeat(201)}`,
    ])
      assert.equal(bearerToken(header), undefined, header);
  });
});

describe('the rate limit', () => {
  it('lets a burst through, then as many as come back with time, each key for itself', () => {
    let now = 0;
    const limit = createRateLimit(() => now);
    const rate = { burst: 2, perSecond: 4 };
    assert.deepEqual([limit.take('a', rate), limit.take('a', rate), limit.take('a', rate)], [0, 0, 250]);
    assert.equal(limit.take('b', rate), 0);
    now = 249;
    assert.ok(limit.take('a', rate) > 0);
    now = 251;
    assert.equal(limit.take('a', rate), 0);
    now = 60_000;
    assert.deepEqual(
      [1, 2, 3].map(() => limit.take('a', rate) === 0),
      [true, true, false],
    );
  });
});
