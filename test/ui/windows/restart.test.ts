import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
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

describe('an editor that is quit and started again while an agent works', function () {
  this.timeout(240_000);
  let world: WindowWorld;
  before(async () => (world = await openWindowWorld()));
  after(() => world.close());

  it('knows the agent whose terminal went with it, never runs it twice, and resumes that very session', async () => {
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
    const ended = await agentUntil(window.host, name, ({ status }) => status === 'crashed');
    assert.equal(ended.sessionNumber, 1);
    await until('no process runs it', () => Promise.resolve(runsOf(name).length === 0));

    await execute(window.host, 'agent.resume', { agent: name });
    const resumed = await agentUntil(window.host, name, ({ status }) => status === 'running');
    assert.equal(resumed.sessionNumber, 2);
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
