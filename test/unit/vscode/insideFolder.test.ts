import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { insideFolder } from '../../../src/vscode/insideFolder.ts';

describe('a file that a finding names', () => {
  let base: string;
  let folder: string;
  beforeEach(async () => {
    base = await realpath(await mkdtemp(path.join(tmpdir(), 'sloop-inside-')));
    folder = path.join(base, 'work');
    await mkdir(path.join(folder, 'src'), { recursive: true });
    await writeFile(path.join(folder, 'src', 'a.ts'), '');
    await writeFile(path.join(base, 'secret'), '');
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  it('is found by its path in the workspace, relative or whole', async () => {
    const file = path.join(folder, 'src', 'a.ts');
    assert.equal(await insideFolder(folder, 'src/a.ts'), file);
    assert.equal(await insideFolder(folder, './src/../src/a.ts'), file);
    assert.equal(await insideFolder(folder, file), file);
  });

  it('is not opened outside of the workspace, by whatever way', async () => {
    await symlink(base, path.join(folder, 'up'));
    for (const way of ['../secret', 'src/../../secret', path.join(base, 'secret'), 'up/secret', '..', '.'])
      assert.equal(await insideFolder(folder, way), undefined, way);
  });

  it('is absent where there is none', async () => {
    assert.equal(await insideFolder(folder, 'src/b.ts'), undefined);
    assert.equal(await insideFolder(folder, 'src/a.ts/b'), undefined);
    assert.equal(await insideFolder(path.join(base, 'gone'), 'a'), undefined);
  });
});
