import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPrivateFolder } from '../../../../src/cli/run/privateFolder.ts';
import { processStart } from '../../../../src/engine/processIdentity.ts';

describe("an agent's private folder", () => {
  let store = '';
  beforeEach(() => (store = mkdtempSync(path.join(os.tmpdir(), 'sloop-private-'))));
  afterEach(() => rmSync(store, { recursive: true, force: true }));
  const sloop = {
    words: [process.execPath, '-p', '"it\'s " + process.env.HOW + process.argv.slice(1).join()', '--'],
    env: { HOW: "as 'told' " },
  };
  const make = async (agent: string, pid = process.pid) =>
    createPrivateFolder(store, agent, { pid, pidStartedAt: await processStart(pid) }, sloop);

  it("is the user's alone, and its files have the modes that they ask for", async () => {
    const folder = await make('a1');
    await folder.write([{ path: 'config/mcp.json', content: '{}', mode: 0o600 }]);
    assert.equal(statSync(folder.path).mode & 0o777, 0o700);
    assert.equal(statSync(path.join(folder.path, 'config/mcp.json')).mode & 0o777, 0o600);
    await assert.rejects(folder.write([{ path: '../x', content: '', mode: 0o600 }]), /outside/);
    await folder.remove();
    assert.ok(!existsSync(folder.path));
  });

  it('holds a command that hands its words on as they are', async function () {
    if (process.platform === 'win32') return this.skip();
    const { commandFolder } = await make('a1');
    const { stdout } = spawnSync(path.join(commandFolder, 'sloop'), ['a b', '$HOME', "'"], {
      encoding: 'utf8',
    });
    assert.equal(stdout, "it's as 'told' a b,$HOME,'\n");
  });

  it('goes when its process is gone, with the next one; those in use and in the making stay', async () => {
    const dead = spawnSync(process.execPath, ['-e', '0']).pid;
    const [mine, left] = [await make('a1'), await make('a2', dead)];
    mkdirSync(path.join(store, 'agents', 'a3'));
    await make('a4');
    assert.deepEqual([existsSync(mine.path), existsSync(left.path)], [true, false]);
    assert.ok(existsSync(path.join(store, 'agents', 'a3')));
  });
});
