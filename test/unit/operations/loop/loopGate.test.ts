import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { aRole, LoopDriver } from '../../../support/loopDriver.ts';
import { anAgentCaller, refusalOf } from '../../../support/testHost.ts';

let driver: LoopDriver;

/** A loop whose plan waits for a person; stands at that gate, with the artifact's id. */
async function atGate() {
  driver = await LoopDriver.create(undefined, [aRole({ name: 'plan', output: 'plan', gate: 'person' })]);
  const loop = await driver.start();
  const blocked = await driver.finish({ output: '# Plan\n\n- [ ] write it\n' });
  const artifact = (await driver.rows()).stages[0]?.artifactId;
  if (artifact == null) throw new Error('the stage has no artifact');
  return { loop, blocked, artifact };
}

describe('a gate', () => {
  afterEach(() => driver.dispose());

  it('puts the artifact to review and blocks the loop with a reason that names it', async () => {
    const { blocked, artifact } = await atGate();
    assert.equal(blocked.status, 'blocked');
    assert.match(blocked.blockReason ?? '', new RegExp(`plan: artifact ${artifact} waits for your review`));
    const row = await driver.host.tables((tables) => tables.artifact.find(artifact));
    assert.equal(row?.stage, 'review');
    assert.equal(await driver.live(), undefined);
    assert.equal((await driver.advance()).status, 'blocked');
  });

  it('is passed by the artifact becoming final, and by nothing else', async () => {
    const { loop, artifact } = await atGate();
    for (const id of ['loop.resume', 'loop.approve'] as const) {
      const refusal = refusalOf(await driver.host.as(driver.host.person, id, { loop }));
      assert.equal(refusal.code, 'conflict');
      assert.match(refusal.next, new RegExp(`artifact stage ${artifact}`));
    }
    await driver.host.run('artifact.stage', { artifacts: [artifact], stage: 'final', versions: [1] });
    assert.equal((await driver.advance()).status, 'running');
    assert.equal(await driver.stageName(await driver.mustLive()), 'coder');
  });

  it('is not an agent’s to pass, although the project leaves its artifacts to them', async () => {
    const { artifact } = await atGate();
    const { loop } = await driver.rows();
    const agent = anAgentCaller({ projectId: loop.projectId, sessionId: loop.sessionId });
    const input = { artifacts: [artifact], stage: 'final' as const, versions: [1] };
    const refusal = refusalOf(await driver.host.as(agent, 'artifact.stage', input));
    assert.equal(refusal.code, 'forbidden');
  });

  it('sends the stage back with the person’s notes, which is no failed try', async () => {
    const { artifact } = await atGate();
    for (let time = 1; time <= 4; time += 1) {
      await driver.host.run('artifact.stage', {
        artifacts: [artifact],
        stage: 'draft',
        versions: [time],
        notes: `smaller steps, ${time}`,
      });
      assert.equal((await driver.advance()).status, 'running');
      const planner = await driver.mustLive();
      assert.equal(await driver.stageName(planner), 'plan');
      const [launch] = await driver.host.tables((tables) => tables.launch.all({ agentId: planner.id }));
      assert.match(
        launch?.prompt ?? '',
        new RegExp(`sent your result back with:\\s+- smaller steps, ${time}`),
      );
      assert.equal((await driver.finish({ output: `# Plan ${time}` })).status, 'blocked');
    }
    const row = await driver.host.tables((tables) => tables.artifact.find(artifact));
    assert.deepEqual([row?.version, row?.stage], [5, 'review']);
    await driver.host.run('artifact.stage', { artifacts: [artifact], stage: 'final', versions: [5] });
    await driver.advance();
    assert.equal(await driver.stageName(await driver.mustLive()), 'coder');
  });

  it('hands on what is open: remarks on lines of any version with their replies, notes of the newest alone', async () => {
    const { artifact } = await atGate();
    const remark = (body: string, more: object) =>
      driver.host.run('artifact.comment', { artifact, body, ...more });
    const first = await remark('500 is a guess', { startLine: 1, endLine: 2 });
    await remark('the largest has 412', { parent: first.id });
    const settled = await remark('a typo', { startLine: 1 });
    await remark('mended', { parent: settled.id });
    await driver.host.run('artifact.resolveComment', { comment: settled.id });
    const sendBack = async (notes: string, version: number) => {
      const input = { artifacts: [artifact], stage: 'draft' as const, versions: [version], notes };
      await driver.host.run('artifact.stage', input);
      await driver.advance();
      const { id: agentId } = await driver.mustLive();
      const [launch] = await driver.host.tables((tables) => tables.launch.all({ agentId }));
      return /sent your result back with:\s+([\s\S]*?)\n\n/.exec(`${launch?.prompt}\n\n`)?.[1];
    };
    assert.equal(
      await sendBack('smaller steps', 1),
      '- (lines 1–2) 500 is a guess\n  - person: the largest has 412\n- smaller steps',
    );
    await driver.finish({ output: '# Plan 2\n\n- [ ] write it\n' });
    assert.equal(
      await sendBack('and name the file', 2),
      '- (lines 1–2 of version 1) 500 is a guess\n  - person: the largest has 412\n- and name the file',
    );
  });

  it('is reached again by the next round’s version', async () => {
    const { artifact } = await atGate();
    await driver.host.run('artifact.stage', { artifacts: [artifact], stage: 'final', versions: [1] });
    await driver.advance();
    await driver.finish();
    await driver.finish({ verdict: 'changes_requested' });
    assert.equal((await driver.finish({ output: '# Another plan' })).status, 'blocked');
    const row = await driver.host.tables((tables) => tables.artifact.find(artifact));
    assert.deepEqual([row?.version, row?.stage], [2, 'review']);
  });

  it('needs no second approval of the very same content', async () => {
    const { artifact } = await atGate();
    await driver.host.run('artifact.stage', { artifacts: [artifact], stage: 'final', versions: [1] });
    await driver.advance();
    await driver.finish();
    await driver.finish({ verdict: 'changes_requested' });
    const loop = await driver.finish({ output: '# Plan\n\n- [ ] write it\n' });
    assert.equal(loop.status, 'running');
    assert.equal(await driver.stageName(await driver.mustLive()), 'coder');
  });

  it('can be left by stopping the loop', async () => {
    const { loop } = await atGate();
    assert.equal((await driver.host.run('loop.stop', { loop })).status, 'cancelled');
    const { rounds } = await driver.rows();
    assert.equal(rounds[0]?.status, 'failed');
  });
});
