import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'mocha';
import { isSameProcess, processStart } from '../../../src/engine/processIdentity.ts';

describe('process identity', () => {
  it('stays the same while a process lives, and differs between processes', async () => {
    const own = await processStart(process.pid);
    assert.notEqual(own, null);
    assert.equal(await processStart(process.pid), own);
    assert.ok(await isSameProcess(process.pid, own));
    assert.equal(await isSameProcess(process.pid, 'another time'), false);
  });

  it('is nobody’s once the process has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const pid = child.pid;
    assert.ok(pid !== undefined);
    const started = await processStart(pid);
    assert.notEqual(started, null);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(await processStart(pid), null);
    assert.equal(await isSameProcess(pid, started), false);
  });
});
