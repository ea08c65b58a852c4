import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { within } from '../../support/vscode/within.ts';
import { until } from '../../support/vscode/until.ts';
import {
  agentUntil,
  connectionOf,
  execute,
  openWindowWorld,
  startHolding,
  terminalsOf,
  type WindowWorld,
} from './windowWorld.ts';

describe('a second window on the same folder', function () {
  this.timeout(180_000);
  let world: WindowWorld;
  before(async () => (world = await openWindowWorld()));
  after(() => world.close());

  it('works through the first, and takes over within 2 s when that is killed', async () => {
    const { vscode, browser } = world;
    const first = await vscode.openWindow(browser);
    await execute(first.host, 'project.create', { slug: 'cellar', title: 'Cellar' });
    assert.equal(await connectionOf(first.host), 'owner');

    const second = await vscode.openWindow(browser);
    const seen = await execute(second.host, 'project.list', {});
    assert.match(JSON.stringify(seen), /"cellar"/);
    assert.equal(await connectionOf(second.host), 'client');
    assert.notEqual(first.host.pid, second.host.pid);

    await second.host.evaluate(({ sloop }) => {
      const changes: string[] = [];
      Object.assign(globalThis, { changes });
      sloop.parts.client.onDidChange((events) => changes.push(...events.map(({ noun }) => noun)));
    }, null);
    await execute(first.host, 'project.create', { slug: 'attic', title: 'Attic' });
    await until('the change reaches the second window', () =>
      second.host.evaluate(
        () => (globalThis as unknown as { changes: string[] }).changes.includes('project'),
        null,
      ),
    );

    // What is started in a window runs in its terminals, whoever owns the store.
    const name = await startHolding(second.host, world, 'go');
    const { pid } = await agentUntil(second.host, name, () => true);
    assert.deepEqual(await terminalsOf(second.host), [{ name, pid }]);
    assert.deepEqual(await terminalsOf(first.host), []);

    const takesOver = second.host.evaluate(
      ({ sloop }) =>
        new Promise<number>((resolve) => {
          const listening = sloop.parts.connection.onDidChangeState(({ kind }) => {
            if (kind !== 'owner') return;
            listening.dispose();
            resolve(Date.now());
          });
        }),
      null,
    );
    const killedAt = Date.now();
    process.kill(first.host.pid, 'SIGKILL');
    const took = (await within(30_000, 'the second window takes over', takesOver)) - killedAt;
    process.stdout.write(`      the second window took over after ${took} ms (bar: 2000)\n`);
    assert.ok(took < 2000, `${took} ms`);
    assert.match(JSON.stringify(await execute(second.host, 'project.list', {})), /"attic"/);
    writeFileSync(path.join(world.dir, 'go'), '');
    const ended = await agentUntil(second.host, name, ({ status }) => status === 'idle');
    assert.deepEqual([ended.pid, ended.sessionNumber, ended.result], [pid, 1, 'All done']);
  });
});
