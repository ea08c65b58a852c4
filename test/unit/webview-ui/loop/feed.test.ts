import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Client } from '../../../../src/operations/client.ts';
import { coalesced } from '../../../../webview-ui/shared/coalesced.ts';
import { LoopFeed, ReadRefused } from '../../../../webview-ui/loop/feed.ts';
import { gateOf } from '../../../../webview-ui/loop/model/snapshot.ts';
import { taskOf } from '../../../../webview-ui/loop/model/task.ts';
import { aRole, LoopDriver } from '../../../support/loopDriver.ts';
import { waitFor } from '../../../support/waitFor.ts';

describe('what the view reads', () => {
  let driver: LoopDriver;
  let asked: string[];
  let client: Pick<Client, 'execute'>;
  beforeEach(async () => {
    driver = await LoopDriver.create(undefined, [aRole({ name: 'plan', output: 'plan', gate: 'person' })]);
    asked = [];
    client = {
      execute(id, input) {
        asked.push(`${id} ${JSON.stringify(input)}`);
        return driver.host.as(driver.host.person, id, input);
      },
    };
  });
  afterEach(() => driver.dispose());

  it('is the loop with the agent at work, whose prompt is read once', async () => {
    const loop = await driver.start();
    const feed = new LoopFeed(client, loop);
    const { agents } = await feed.read(() => null);
    const [sheet] = agents.values();
    assert.equal(sheet?.agent.name, (await driver.mustLive()).name);
    assert.match(taskOf(sheet?.agent.prompt ?? null) ?? '', /Play plan for Fix the sum/);
    const again = await feed.read(() => null);
    assert.equal([...again.agents.values()][0]?.agent.prompt, sheet?.agent.prompt);
    assert.equal(asked.filter((one) => one.includes('"prompt":true')).length, 1);
  });

  it('has what waits at a gate, and no agent at work', async () => {
    const loop = await driver.start();
    await driver.finish({ output: '# Plan' });
    const snapshot = await new LoopFeed(client, loop).read(() => null);
    assert.equal(gateOf(snapshot)?.artifact?.version, 1);
    assert.equal(snapshot.agents.size, 0);
  });

  it('has the agent of the chosen stage, and goes without one that was deleted', async () => {
    const loop = await driver.start();
    const { id } = await driver.mustLive();
    const feed = new LoopFeed(client, loop);
    assert.ok((await feed.read(() => id)).agents.has(id));
    assert.equal((await feed.read(() => 'gone00000000')).agents.has('gone00000000'), false);
  });

  it('tells for the story when outputs were written and what was decided about them', async () => {
    const loop = await driver.start();
    await driver.finish({ output: '# Plan' });
    const artifact = (await driver.rows()).stages[0]?.artifactId;
    assert.ok(artifact);
    driver.host.clock.step(60_000);
    await driver.host.run('artifact.stage', { artifacts: [artifact], stage: 'final', versions: [1] });
    const feed = new LoopFeed(client, loop);
    const facts = await feed.readStory((await feed.read(() => null)).loop);
    assert.deepEqual(
      facts.versions.map(({ version }) => version),
      [1],
    );
    const [decided] = facts.changes.filter(({ to }) => to === 'final');
    assert.deepEqual([decided?.from, decided?.caller], ['review', 'person']);
  });

  it('refused is said with what to do', async () => {
    await assert.rejects(
      new LoopFeed(client, 'nothere00000').read(() => null),
      (error: unknown) => {
        assert.ok(error instanceof ReadRefused);
        assert.match(error.message, /nothere00000/);
        return true;
      },
    );
  });
});

describe('reading again', () => {
  it('never runs twice at once, and a burst is met by one more run', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const ask = coalesced(async () => {
      running += 1;
      most = Math.max(most, running);
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    }, 1);
    for (let time = 0; time < 20; time += 1) ask();
    await waitFor(() => runs === 2 && running === 0);
    ask();
    await waitFor(() => runs === 3);
    assert.equal(most, 1);
  });
});
