import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { aRole, LoopDriver } from '../../support/loopDriver.ts';
import { anAgentCaller, refusalOf } from '../../support/testHost.ts';

let driver: LoopDriver;

describe('stage.finish', () => {
  afterEach(() => driver.dispose());

  it('takes the stage from the token, and nobody else’s', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    const person = refusalOf(await driver.host.as(driver.host.person, 'stage.finish', { summary: 's' }));
    assert.equal(person.code, 'forbidden');
    assert.match(person.next, /loop approve/);
    const stray = refusalOf(await driver.host.as(anAgentCaller(), 'stage.finish', { summary: 's' }));
    assert.match(stray.next, /report/);
  });

  it('needs a verdict of the stage that decides, and takes one from others without harm', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    await driver.finish({ verdict: 'approved' });
    await driver.finish();
    const reviewer = await driver.mustLive();
    const refusal = refusalOf(await driver.report(reviewer));
    assert.equal(refusal.code, 'invalid');
    assert.match(refusal.next, /changes_requested/);
    const contradiction = await driver.report(reviewer, {
      verdict: 'approved',
      findings: [{ title: 'it burns', severity: 'blocker' }],
    });
    assert.match(refusalOf(contradiction).message, /blockers/);
    assert.equal((await driver.rows()).loop.status, 'running');
  });

  it('may be said again while the stage runs; the last word counts', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    const planner = await driver.mustLive();
    await driver.report(planner, { output: 'one' });
    await driver.report(planner, { output: 'two' });
    await driver.report(planner, { output: 'two' });
    const { stages } = await driver.rows();
    const artifact = await driver.host.tables(
      (tables) => stages[0]?.artifactId && tables.artifact.find(stages[0].artifactId),
    );
    assert.deepEqual(artifact && [artifact.content, artifact.version], ['two', 2]);
  });

  it('is refused once another agent has the stage, or the stage is over', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    const first = await driver.mustLive();
    await driver.crash(first);
    const late = refusalOf(await driver.report(first));
    assert.match(late.message, /given to another agent/);
    await driver.finish();
    const over = refusalOf(await driver.report(first));
    assert.match(over.message, /completed already/);
    assert.match(over.next, /end your process/);
  });

  it('keeps steps as data with the plan, and forgets those of the version before', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    const planner = await driver.mustLive();
    await driver.report(planner, { output: 'plan', steps: [{ title: 'first' }] });
    const metadata = async () =>
      driver.host.tables((tables) => tables.artifact.all({ type: 'plan' })[0]?.metadata['steps']);
    assert.deepEqual(await metadata(), [
      { title: 'first', description: '', priority: null, parent: null, dependsOn: [], done: false },
    ]);
    await driver.report(planner, { output: 'another plan' });
    assert.equal(await metadata(), undefined);
  });

  it('keeps the summary as the output where there is no other', async () => {
    driver = await LoopDriver.create(undefined, [aRole({ name: 'coder', output: 'document' })]);
    await driver.start();
    await driver.finish();
    await driver.finish({ summary: 'changed two files' });
    const [artifact] = await driver.host.tables((tables) => tables.artifact.all({ type: 'document' }));
    assert.equal(artifact?.content, 'changed two files');
    assert.equal(artifact?.createdBy, 'brave-otter-2');
  });

  it('serves changes without findings, and shows a stage with its attempts', async () => {
    driver = await LoopDriver.create();
    await driver.start();
    await driver.crash(await driver.mustLive());
    const planner = await driver.mustLive();
    const shown = await driver.host.as(driver.caller(planner), 'stage.show', {});
    assert.ok(shown.ok);
    assert.equal(shown.value.name, 'plan');
    assert.deepEqual(
      shown.value.attempts.map(({ number, agent, outcome }) => [number, agent, outcome]),
      [
        [1, 'brave-otter-1', 'crashed'],
        [2, 'brave-otter-2', null],
      ],
    );
    const loop = await driver.host.run('loop.show', { loop: driver.id });
    assert.deepEqual([loop.roundsLeft, loop.rounds.length, loop.earlierRounds], [4, 1, 0]);
  });
});
