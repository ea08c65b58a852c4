import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { placeInside } from '../../../../src/vscode/review/placeInside.ts';

describe('where an artifact is written', () => {
  let root: string;
  let folder: string;
  before(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'sloop-place-')));
    folder = path.join(root, 'workspace');
    await mkdir(path.join(folder, 'docs'), { recursive: true });
    await mkdir(path.join(root, 'elsewhere'));
    await symlink(path.join(root, 'elsewhere'), path.join(folder, 'link'));
  });
  after(() => rm(root, { recursive: true, force: true }));

  const place = async (filepath: string) => {
    const found = await placeInside(folder, filepath);
    return found.ok ? path.relative(folder, found.value) : found.refusal.code;
  };

  it('is within the workspace, in folders that need not be there yet', async () => {
    assert.equal(await place('docs/plan.md'), path.join('docs', 'plan.md'));
    assert.equal(await place('new/deeper/plan.md'), path.join('new', 'deeper', 'plan.md'));
    assert.equal(await place(path.join(folder, 'docs/plan.md')), path.join('docs', 'plan.md'));
  });

  it('is never outside of it, by dots, by an absolute path or by a link', async () => {
    for (const filepath of ['../plan.md', 'docs/../../plan.md', '/etc/plan.md', 'link/plan.md', '.'])
      assert.equal(await place(filepath), 'forbidden', filepath);
  });
});
