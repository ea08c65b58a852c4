import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { manifestContributions } from '../../src/vscode/manifest.ts';

describe('manifest', () => {
  it('says in package.json what the areas of the extension say', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: unknown };
    const derived = JSON.parse(JSON.stringify(manifestContributions())) as unknown;
    assert.deepEqual(contributes, derived, 'Run: npm run manifest');
  });
});
