import assert from 'node:assert/strict';
import type { Event } from '../../../../src/domain/event/event.ts';
import { lookOf } from '../../../../src/vscode/trees/looks/lookOf.ts';
import { TreeModel, type TreeNode } from '../../../../src/vscode/trees/model/treeModel.ts';
import type { TreeSource } from '../../../../src/vscode/trees/model/treeSource.ts';
import { AgentSource } from '../../../../src/vscode/trees/sources/agentSource.ts';
import { InboxSource } from '../../../../src/vscode/trees/sources/inboxSource.ts';
import { LoopSource } from '../../../../src/vscode/trees/sources/loopSource.ts';
import { aDefinition, LoopDriver } from '../../../support/loopDriver.ts';

const gated = aDefinition({
  name: 'gated',
  roles: [
    { name: 'plan', role: 'plan', prompt: 'Plan {{goal}}.', gate: 'person' },
    { name: 'coder', role: 'coder', prompt: 'Code {{goal}}.', gate: null },
  ],
});

describe('the trees of what runs', () => {
  let driver: LoopDriver;
  beforeEach(async () => {
    driver = await LoopDriver.create([aDefinition(), gated]);
    await driver.host.run('project.create', { title: 'Sums' });
  });
  afterEach(() => driver.dispose());

  const client = () => driver.host.executor.clientFor(driver.host.person, 'view');

  /** A tree that follows as the editor's does. */
  function follow(source: TreeSource) {
    const model = new TreeModel(source);
    const events: Event[] = [];
    client().onDidChange((some) => events.push(...some));
    const line = ({ entity: { row } }: TreeNode) => {
      const { label, description } = lookOf(row, Date.parse(driver.host.clock.now()));
      return `${label} (${description})`;
    };
    const draw = async (node: TreeNode | null, depth: number): Promise<string[]> => {
      const lines: string[] = [];
      for (const child of await model.children(node))
        lines.push('  '.repeat(depth) + line(child), ...(await draw(child, depth + 1)));
      return lines;
    };
    return {
      model,
      drawn: async () => {
        await model.apply(events.splice(0));
        return (await draw(null, 0)).map((one) => one.replace(/brave-otter-\d+/, 'NAME'));
      },
    };
  }

  it('follow a loop through its rounds and stages', async () => {
    await driver.start({ project: 'sums' });
    const { drawn, model } = follow(new LoopSource(client()));
    assert.deepEqual(await drawn(), [
      'Fix the sum (round 1 of 5)',
      '  Round 1 (running)',
      '    plan (NAME, running)',
      '    coder (not started)',
      '    reviewer (not started)',
    ]);
    const [loop] = await model.children(null);
    await driver.finish();
    await driver.finish();
    await driver.finish({ verdict: 'changes_requested', findings: [{ title: 'Off by one' }] });
    assert.deepEqual(await drawn(), [
      'Fix the sum (round 2 of 5)',
      '  Round 1 (needs rework, 0:00)',
      '    plan (NAME, 0:00)',
      '    coder (NAME, 0:00)',
      '    reviewer (changes requested, 1 finding)',
      '  Round 2 (running)',
      '    plan (NAME, running)',
      '    coder (not started)',
      '    reviewer (not started)',
    ]);
    assert.equal((await model.children(null))[0], loop, 'the row is the same object');
    await driver.round('approved');
    assert.equal((await drawn())[0], 'Fix the sum (approved, 2 rounds)');
  });

  it('show one decision once: a gate is the review of its artifact', async () => {
    await driver.start({ definition: 'gated', project: 'sums' });
    const inbox = follow(new InboxSource(client(), () => false));
    const loops = follow(new LoopSource(client()));
    assert.deepEqual(await inbox.drawn(), []);
    await driver.finish({ output: '# Plan' });
    const [item, ...others] = await inbox.drawn();
    assert.match(item ?? '', /\(review plan v1, Fix the sum\)$/);
    assert.deepEqual(others, []);
    assert.deepEqual((await loops.drawn()).slice(0, 3), [
      'Fix the sum (waits for you)',
      '  Round 1 (waits for you)',
      '    plan (waits for your review)',
    ]);
    const { artifactId } = (await driver.rows()).stages.find(({ name }) => name === 'plan') ?? {};
    assert.ok(artifactId);
    await driver.host.run('artifact.stage', { artifacts: [artifactId], stage: 'final', versions: [1] });
    await driver.advance();
    assert.deepEqual(await inbox.drawn(), []);
    assert.deepEqual((await loops.drawn()).slice(0, 2), [
      'Fix the sum (round 1 of 5)',
      '  Round 1 (running)',
    ]);
  });

  it('put agents that ask first, and take them out when dismissed', async () => {
    await driver.start({ project: 'sums' });
    const agents = follow(new AgentSource(client(), () => false));
    const inbox = follow(new InboxSource(client(), () => false));
    assert.deepEqual(await agents.drawn(), ['At Work (1)', '  NAME (starting, plan · command)']);
    const agent = await driver.mustLive();
    const asked = await driver.host.as(driver.caller(agent), 'message.ask', {
      to: 'person',
      body: '429 or 503?\nBoth are used.',
    });
    assert.ok(asked.ok);
    assert.deepEqual(await agents.drawn(), ['Needs You (1)', '  NAME (asks you, plan · command)']);
    assert.deepEqual(await inbox.drawn(), ['429 or 503? (NAME)']);
    await driver.host.run('message.answer', { message: asked.value.id, body: '429' });
    assert.deepEqual(await agents.drawn(), ['At Work (1)', '  NAME (starting, plan · command)']);
    assert.deepEqual(await inbox.drawn(), []);
    await driver.crash(agent);
    const after = await agents.drawn();
    assert.equal(after.filter((line) => line.includes('NAME')).length, 2, after.join('\n'));
    await driver.host.run('agent.dismiss', { agents: [agent.name] });
    assert.deepEqual(await agents.drawn(), ['At Work (1)', '  NAME (starting, plan · command)']);
  });

  it('put aside what the person put aside', async () => {
    await driver.start({ project: 'sums' });
    await driver.host.tables(({ loop }) => {
      const row = loop.find(driver.id);
      if (row !== undefined) loop.update({ ...row, status: 'failed', failure: 'three attempts' });
    });
    let aside = false;
    const inbox = follow(new InboxSource(client(), () => aside));
    assert.deepEqual(await inbox.drawn(), ['Fix the sum: three attempts (failed)']);
    aside = true;
    inbox.model.forget();
    assert.deepEqual(await inbox.drawn(), []);
  });
});
