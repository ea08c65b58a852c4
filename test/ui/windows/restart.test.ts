import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../../support/vscode/until.ts';
import {
  agentUntil,
  connectionOf,
  openWindowWorld,
  startHolding,
  terminalsOf,
  type WindowWorld,
} from './windowWorld.ts';

describe('an editor that is quit and started again while an agent works', function () {
  this.timeout(240_000);
  let world: WindowWorld;
  before(async () => (world = await openWindowWorld()));
  after(() => world.close());

  it('knows the agent whose terminal went with it, never runs it twice, and has it go on in that very session', async () => {
    const window = await world.vscode.openWindow(world.browser);
    const name = await startHolding(window.host, world, 'go');
    const { pid } = await agentUntil(window.host, name, () => true);
    assert.deepEqual(runsOf(name), [pid]);
    await window.page.goto('about:blank');
    await window.host.ended;
    await world.vscode.restart();

    await window.open();
    // Nobody has looked at a view: the marker beside the store says that there was work.
    await until('the host is opened unasked', async () => (await connectionOf(window.host)) === 'owner');
    // That its terminal went with the editor is no failure of its own: it goes on by itself, in its very session.
    const resumed = await agentUntil(
      window.host,
      name,
      ({ status, sessionNumber }) => status === 'running' && sessionNumber === 2,
    );
    await until('one process runs it', () => Promise.resolve(runsOf(name).length === 1));
    assert.deepEqual(runsOf(name), [resumed.pid]);
    const terminals = await terminalsOf(window.host);
    assert.ok(
      terminals.some((terminal) => terminal.pid === resumed.pid),
      JSON.stringify(terminals),
    );
    writeFileSync(path.join(world.dir, 'go'), '');
    await agentUntil(window.host, name, ({ status }) => status === 'idle');
  });
});

/** Processes that run this agent. */
function runsOf(name: string): number[] {
  const out = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return out
    .split('\n')
    .filter((line) => line.endsWith(`sloop.cjs run ${name}`))
    .map((line) => Number.parseInt(line, 10));
}
