import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dataFolder } from '../../../src/gateway/client/dataFolder.ts';
import { findStore } from '../../../src/gateway/client/findHost.ts';
import { createRegistry, workspaceOf } from '../../../src/gateway/client/registry.ts';

describe('the registry of workspaces', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'sloop-registry-')));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const make = (...names: string[]) => {
    const made = path.join(folder, ...names);
    mkdirSync(made, { recursive: true });
    return made;
  };

  it('is found from any folder inside the workspace, also through a link', () => {
    const workspace = make('work');
    const deep = make('work', 'a', 'b');
    const data = make('data');
    createRegistry(data).register({ workspace, storeDir: '/store/1' });
    symlinkSync(deep, path.join(folder, 'link'));
    for (const from of [workspace, deep, path.join(folder, 'link')])
      assert.equal(findStore(from, { SLOOP_DATA: data }), '/store/1');
    assert.equal(findStore(folder, { SLOOP_DATA: data }), undefined);
    assert.equal(findStore(deep, { SLOOP_DATA: data, SLOOP_STORE: '/store/2' }), '/store/2');
  });

  it('the nearest registered folder wins, and the last word on it', () => {
    const outer = make('outer');
    const inner = make('outer', 'inner');
    const registry = createRegistry(make('data'));
    registry.register({ workspace: outer, storeDir: '/store/outer' });
    registry.register({ workspace: inner, storeDir: '/store/old' });
    registry.register({ workspace: inner, storeDir: '/store/inner' });
    assert.equal(registry.find(inner)?.storeDir, '/store/inner');
    assert.equal(registry.find(outer)?.storeDir, '/store/outer');
    assert.ok(readdirSync(path.join(folder, 'data', 'workspaces')).every((name) => name.endsWith('.json')));
  });

  it('knows those whose folder is gone, and survives a broken file', () => {
    const workspace = make('work');
    const registry = createRegistry(make('data'));
    assert.deepEqual(registry.missing(), []);
    registry.register({ workspace, storeDir: '/store/1' });
    writeFileSync(path.join(folder, 'data', 'workspaces', 'broken.json'), '{');
    assert.deepEqual(registry.missing(), []);
    rmSync(workspace, { recursive: true });
    assert.deepEqual(registry.missing(), [{ workspace, storeDir: '/store/1' }]);
  });

  it('a workspace is the root of its repository, else the folder itself', () => {
    const root = make('repository');
    writeFileSync(path.join(make('repository', '.git'), 'HEAD'), 'ref: refs/heads/main');
    assert.equal(workspaceOf(make('repository', 'src', 'deep')), root);
    writeFileSync(path.join(make('worktree'), '.git'), 'gitdir: elsewhere');
    assert.equal(workspaceOf(make('worktree', 'src')), path.join(folder, 'worktree'));
    const plain = make('plain');
    make('plain', '.git');
    assert.equal(workspaceOf(plain), plain);
  });
});

describe("the user's data folder", () => {
  it('is where each system keeps such things', () => {
    const home = os.homedir();
    assert.equal(dataFolder({ SLOOP_DATA: '/my/data' }, 'linux'), '/my/data');
    assert.equal(dataFolder({ XDG_DATA_HOME: '/xdg' }, 'linux'), path.join('/xdg', 'sloop'));
    assert.equal(dataFolder({ XDG_DATA_HOME: 'relative' }, 'linux'), path.join(home, '.local/share/sloop'));
    assert.equal(dataFolder({}, 'darwin'), path.join(home, 'Library/Application Support/sloop'));
    assert.equal(dataFolder({ APPDATA: '/roaming' }, 'win32'), path.join('/roaming', 'sloop'));
  });
});
