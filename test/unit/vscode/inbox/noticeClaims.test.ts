import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createNoticeClaims } from '../../../../src/vscode/inbox/noticeClaims.ts';

describe('windows that tell the same', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'sloop-notices-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('tell it once, the one in front of the person first', async () => {
    const [back, front] = [createNoticeClaims(folder), createNoticeClaims(folder)];
    const claims = await Promise.all([back.claim('a:1', false), front.claim('a:1', true)]);
    assert.deepEqual(claims, [false, true]);
    assert.equal(await back.claim('b:1', true), true);
  });

  it('tell it again when it is needed again later, and keep no old claims', async () => {
    let now = 10 * 60_000 - 1;
    const claims = createNoticeClaims(folder, () => now);
    assert.equal(await claims.claim('a:1', true), true);
    now += 2;
    assert.equal(await claims.claim('a:1', true), false, 'a minute that ends tells nobody twice');
    now += 2 * 60_000;
    assert.equal(await claims.claim('a:1', true), true);
    assert.equal(readdirSync(folder).length, 1);
  });
});
