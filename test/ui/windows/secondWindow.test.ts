import assert from 'node:assert/strict';
import { within } from '../../support/vscode/within.ts';
import { until } from '../../support/vscode/until.ts';
import { connectionOf, execute, openWindowWorld, type WindowWorld } from './windowWorld.ts';

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
  });
});
