import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expectOk } from '../../../src/base/result.ts';
import { claimOwnership, type Owned, type Ownership } from '../../../src/store/ownership/claimOwnership.ts';
import { parseOwnerRecord, type OwnerRecord } from '../../../src/store/ownership/ownerRecord.ts';
import { refusalOf } from '../../support/testHost.ts';

interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** The next line that it says. */
  next(): Promise<string>;
}

describe('ownership of a store', () => {
  let dir: string;
  const children: Child[] = [];
  const held: (Ownership | Owned)[] = [];

  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'sloop-owner-'));
  });
  afterEach(async () => {
    for (const { process } of children.splice(0)) await end(process);
    for (const one of held.splice(0)) await (one.kind === 'owner' ? one.release() : one.dispose());
    fs.rmSync(dir, { recursive: true });
  });

  async function end(process: ChildProcessWithoutNullStreams): Promise<void> {
    if (process.exitCode !== null || process.signalCode !== null) return;
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
  }

  function start(): Child {
    const process = spawn(
      globalThis.process.execPath,
      ['--import', './test/support/register.mjs', 'test/support/ownerChild.ts', dir],
      { stdio: 'pipe' },
    );
    const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
    const child = { process, next: async () => String((await lines.next()).value) };
    children.push(child);
    return child;
  }

  async function claim(): Promise<Ownership | Owned> {
    const claimed = expectOk(await claimOwnership(dir));
    held.push(claimed);
    return claimed;
  }

  const ownerFiles = () => fs.readdirSync(dir).filter((name) => /^owner\.\d+$/.test(name));
  const record = (): OwnerRecord => {
    const [name = ''] = ownerFiles();
    const parsed = parseOwnerRecord(fs.readFileSync(path.join(dir, name), 'utf8'));
    assert.ok(parsed);
    return parsed;
  };
  const rewrite = (fields: Partial<OwnerRecord>) =>
    fs.writeFileSync(path.join(dir, ownerFiles()[0] ?? ''), JSON.stringify({ ...record(), ...fields }));

  it('is one process’s; the other is told who, and when it goes', async () => {
    const owner = start();
    assert.equal(await owner.next(), 'owner');
    const second = await claim();
    assert.ok(second.kind === 'client');
    assert.equal(second.pid, owner.process.pid);
    const started = Date.now();
    await end(owner.process);
    await second.gone;
    assert.equal((await claim()).kind, 'owner');
    assert.ok(Date.now() - started < 2000, 'taken over within 2 s');
    assert.deepEqual(ownerFiles(), ['owner.2']);
  });

  it('passes on at a clean end', async () => {
    const owner = start();
    assert.equal(await owner.next(), 'owner');
    owner.process.stdin.write('release\n');
    assert.equal(await owner.next(), 'released');
    assert.equal((await claim()).kind, 'owner');
  });

  it('goes to exactly one of four that contend for a dead owner’s folder, round after round', async function () {
    this.timeout(180_000);
    for (let round = 0; round < 12; round += 1) {
      const last = start();
      assert.equal(await last.next(), 'owner', `round ${round}: the one before was ended`);
      await end(last.process);
      const four = [start(), start(), start(), start()];
      const results = await Promise.all(four.map((child) => child.next()));
      assert.deepEqual(results.toSorted(), ['client', 'client', 'client', 'owner'], `round ${round}`);
      for (const { process } of four) await end(process);
    }
    assert.equal(ownerFiles().length, 1);
  });

  it('is not taken from an owner that is suspended', async () => {
    const owner = start();
    assert.equal(await owner.next(), 'owner');
    owner.process.kill('SIGSTOP');
    assert.equal((await claim()).kind, 'client');
    owner.process.kill('SIGCONT');
  });

  it('is taken when the pid was given to another process since', async () => {
    const owner = start();
    assert.equal(await owner.next(), 'owner');
    await end(owner.process);
    rewrite({ pid: process.pid });
    assert.equal((await claim()).kind, 'owner');
  });

  it('is taken after a restart of the machine', async () => {
    const owner = start();
    await owner.next();
    await end(owner.process);
    rewrite({ pid: process.pid, startedAt: null, bootId: 'another boot' });
    assert.equal((await claim()).kind, 'owner');
  });

  it('is refused while it cannot be known whether the owner lives', async () => {
    const owner = start();
    await owner.next();
    await end(owner.process);
    for (const fields of [{ host: 'another-host' }, { host: os.hostname(), pidNamespace: 'pid:[1]' }]) {
      rewrite(fields);
      const refusal = refusalOf(await claimOwnership(dir));
      assert.equal(refusal.code, 'unavailable');
      assert.match(refusal.message, /cannot be seen from here/);
      assert.match(refusal.next, /delete the owner files/);
    }
  });

  it('is refused while the owner lives but cannot be reached', async () => {
    const owner = start();
    await owner.next();
    rewrite({ address: path.join(dir, 'nobody.sock') });
    const refusal = refusalOf(await claimOwnership(dir));
    assert.match(refusal.message, /lives, but cannot be reached/);
  });

  it('is refused when the owner’s file was damaged', async () => {
    fs.writeFileSync(path.join(dir, 'owner.7'), 'half a rec');
    assert.match(refusalOf(await claimOwnership(dir)).message, /owner\.7 .* cannot be read/);
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const long = path.join(dir, 'a'.repeat(120));
    fs.mkdirSync(long);
    const owner = expectOk(await claimOwnership(long));
    held.push(owner);
    assert.equal(owner.kind, 'owner');
    const client = expectOk(await claimOwnership(long));
    held.push(client);
    assert.equal(client.kind, 'client');
  });
});
