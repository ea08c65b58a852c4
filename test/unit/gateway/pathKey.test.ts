import assert from 'node:assert/strict';
import { pathKey } from '../../../src/gateway/client/pathKey.ts';

describe('the key of a path', () => {
  it('is FNV-1a of its bytes', () => {
    // From the algorithm's own test vectors.
    assert.equal(pathKey(''), 'cbf29ce484222325');
    assert.equal(pathKey('a'), 'af63dc4c8601ec8c');
    assert.equal(pathKey('foobar'), '85944171f73967e8');
  });

  it('tells similar folders apart, in any script', () => {
    const folders = Array.from({ length: 5000 }, (_, number) => `/home/ä/проект/${number}`);
    assert.equal(new Set(folders.map(pathKey)).size, folders.length);
  });
});
