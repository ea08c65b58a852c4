import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../../support/vscode/until.ts';
import {
  agentUntil,
  execute,
  openWindowWorld,
  startHolding,
  terminalsOf,
  type WindowWorld,
} from './windowWorld.ts';

describe('a window that is reloaded while an agent works', function () {
  this.timeout(180_000);
  let world: WindowWorld;
  before(async () => (world = await openWindowWorld()));
  after(() => world.close());

  it('finds the agent at work in its terminal, and starts no second one', async () => {
    const window = await world.vscode.openWindow(world.browser);
    const name = await startHolding(window.host, world, 'go');
    const [before] = await terminalsOf(window.host);
    assert.equal(before?.name, name);
    assert.ok(before);
    const { pid } = await agentUntil(window.host, name, () => true);

    await window.reload();
    const agent = await agentUntil(window.host, name, () => true);
    assert.deepEqual([agent.status, agent.pid, agent.sessionNumber], ['running', pid, 1]);
    // It is there at first without its name.
    await until('its terminal is there again', async () => {
      const [only, ...more] = await terminalsOf(window.host);
      return more.length === 0 && only?.name === name && only.pid === before.pid;
    });
    await window.host.evaluate(
      ({ vscode }, agentName) => vscode.commands.executeCommand('sloop.showTerminal', agentName),
      name,
    );
    await until('its terminal is shown', () =>
      window.host.evaluate(({ vscode }, agentName) => vscode.window.activeTerminal?.name === agentName, name),
    );

    writeFileSync(path.join(world.dir, 'go'), '');
    const ended = await agentUntil(window.host, name, ({ status }) => status === 'idle');
    assert.deepEqual([ended.result, ended.sessionNumber], ['All done', 1]);
  });

  it('notices an end that came while no window was open', async () => {
    const window = await world.vscode.openWindow(world.browser);
    const name = await startHolding(window.host, world, 'go-2');
    const { host } = window;
    await window.page.goto('about:blank');
    await host.ended;
    writeFileSync(path.join(world.dir, 'go-2'), '');
    await window.open();
    const agent = await agentUntil(window.host, name, ({ status }) => status === 'idle');
    assert.equal(agent.result, 'All done');
    const { items } = (await execute(window.host, 'agent.list', { live: true })) as { items: object[] };
    assert.deepEqual(items, []);
  });
});
