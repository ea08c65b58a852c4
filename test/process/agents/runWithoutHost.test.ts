import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { isSameProcess } from '../../../src/engine/processIdentity.ts';
import { createSpool } from '../../../src/engine/spool.ts';
import { RunWorld, reportDone } from './runWorld.ts';

describe('sloop run without a host', function () {
  this.timeout(120_000);
  let world: RunWorld;
  beforeEach(async () => (world = await RunWorld.open()));
  afterEach(() => world.close());

  it('waits for one at its start, and claims when it is there', async () => {
    const name = await world.start(`steps: [${reportDone}]`);
    await world.gateway.gateway.close();
    const running = world.run(name);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await world.gateway.restart();
    assert.equal((await running.ended).code, 0);
    assert.equal((await world.agent(name)).reported, 'done');
  });

  it('gives up with exit code 69 when none comes', async () => {
    const name = await world.start(`steps: [${reportDone}]`);
    await world.gateway.gateway.close();
    const { code, err } = await world.run(name).ended;
    assert.equal(code, 69);
    assert.match(err, /sloop serve/);
    await world.gateway.restart();
    assert.equal((await world.agent(name)).status, 'starting');
  });

  it('lets the agent go on while the host is away, and tells all of it once when it is back', async () => {
    const name = await world.start(`
steps:
  - say: before
  - hold: away
  - say: while away
  - edit: { file: there.txt, write: x }
  - hold: back
  - say: after
  - ${reportDone}
`);
    const running = world.run(name);
    await world.until(name, ({ observed }) => observed >= 2);
    await world.gateway.gateway.close();
    world.release('away');
    const spool = path.join(world.gateway.storeDir, 'spool', `${(await world.agent(name)).id}-1.jsonl`);
    const deadline = Date.now() + 20_000;
    while (!existsSync(spool) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(existsSync(spool), 'nothing was spooled');
    assert.match(readFileSync(spool, 'utf8'), /while away/);
    await world.gateway.restart();
    await world.until(name, ({ observed }) => observed >= 4);
    world.release('back');
    const { code, out } = await running.ended;
    assert.equal(code, 0, out);
    assert.match(out, /host is away[^]*host is back/);
    assert.deepEqual(await world.said(name), ['before', 'while away', 'after']);
    assert.equal((await world.agent(name)).reported, 'done');
    assert.ok(!existsSync(spool), 'the spool was delivered and is still there');
  });

  it('leaves what it could not deliver to the next host', async () => {
    const name = await world.start('steps: [{ say: before }, { hold: go }, { say: last words }]');
    const running = world.run(name);
    await world.until(name, ({ observed }) => observed >= 2);
    await world.gateway.gateway.close();
    world.release('go');
    const { code, out } = await running.ended;
    assert.equal(code, 0);
    assert.match(out, /the next one reads what is left/);
    await world.gateway.restart();
    const { id, status } = await world.agent(name);
    assert.equal(status, 'running');
    const client = world.gateway.host.executor.clientFor({ kind: 'system', name: 'runner' }, 'runner');
    const spool = createSpool(path.join(world.gateway.storeDir, 'spool'), client, silentLogger);
    assert.deepEqual(await spool.waiting(), [{ agent: id, sessionNumber: 1 }]);
    await spool.drain({ agent: id, sessionNumber: 1 });
    assert.deepEqual(await world.said(name), ['before', 'last words']);
    assert.equal((await world.agent(name)).status, 'idle');
    assert.deepEqual(await spool.waiting(), []);
  });

  it('ends its agent when another start took its place meanwhile', async () => {
    const name = await world.start('steps: [{ say: before }, { hold: go }, { say: again }, { hang: true }]');
    const running = world.run(name);
    const { pid, pidStartedAt } = await world.until(name, ({ observed }) => observed >= 2);
    assert.ok(pid !== null && (await isSameProcess(pid, pidStartedAt)));
    // A host that took it for dead, and a person who resumed it.
    const { id } = await world.agent(name);
    await world.gateway.host.as({ kind: 'system', name: 'engine' }, 'agent.exited', {
      agent: id,
      sessionNumber: 1,
      exitCode: null,
      exitSignal: null,
      reason: 'Its process is gone.',
    });
    await world.gateway.host.run('agent.resume', { agent: name });
    world.release('go');
    assert.equal((await running.ended).code, 143);
    assert.equal((await world.agent(name)).status, 'starting', 'the later start is untouched');
  });
});
