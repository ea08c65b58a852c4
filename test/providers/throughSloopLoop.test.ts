import assert from 'node:assert/strict';
import { createDemoRepository, runTests } from '../../scripts/demo/demoRepository.ts';
import { harnessModel } from '../../scripts/demo/harnessModel.ts';
import { mockModelName } from '../support/mockModel/settings.ts';
import { isTested } from './realCli.ts';
import { SloopWorld } from './sloopWorld.ts';

for (const provider of (['claude', 'codex'] as const).filter(isTested)) {
  describe(`a harness loop of ${provider}`, function () {
    this.timeout(120_000);
    let world: SloopWorld;
    afterEach(() => world.close());

    it('takes a repository from failing tests to an approved change', async () => {
      world = await SloopWorld.open(provider, { scripts: harnessModel(), repository: createDemoRepository });
      assert.ok((await runTests(world.workspace)).failed > 0);
      const { id } = await world.host.run('loop.start', {
        definition: 'harness',
        goal: 'All tests pass.',
        provider,
        model: mockModelName,
        budgetUsd: 50,
      });
      const show = () => world.host.run('loop.show', { loop: id });
      await world.host.until(async () => (await show()).status !== 'running', 'the loop ends');
      const loop = await show();
      assert.deepEqual(
        [loop.status, loop.outcome, loop.round],
        ['completed', 'approved', 2],
        JSON.stringify(loop, null, 1),
      );
      assert.deepEqual(
        loop.rounds.map(({ stages }) => stages.map(({ verdict, attempts }) => [verdict, attempts.length])),
        [
          [
            [null, 1],
            [null, 1],
            ['changes_requested', 1],
          ],
          [
            [null, 1],
            [null, 1],
            ['approved', 1],
          ],
        ],
      );
      const { items: agents } = await world.host.run('agent.list', { loop: id, all: true });
      assert.deepEqual(
        agents.map(({ status, attention }) => [status, attention]),
        Array(6).fill(['idle', null]),
      );
      const { failed, passed } = await runTests(world.workspace);
      assert.ok(failed === 0 && passed > 0);
      assert.deepEqual(world.git('log', '--format=%s').split('\n').slice(0, 2), [
        'Read units together',
        'Read minutes and hours',
      ]);
      assert.equal(world.git('status', '--porcelain'), '');
    });
  });
}

describe('a loop of claude with a budget', function () {
  if (!isTested('claude')) return;
  this.timeout(120_000);

  it('is held to it within a stage, and ends at that limit', async () => {
    const world = await SloopWorld.open('claude', {
      scripts: [{ name: 'spender', steps: [{ tool: 'report', input: { text: 'Still at it' } }] }],
    });
    try {
      const start = { definition: 'harness', goal: 'Spend.', provider: 'claude', model: mockModelName };
      const { id } = await world.host.run('loop.start', { ...start, budgetUsd: 0.002 });
      const show = () => world.host.run('loop.show', { loop: id });
      await world.host.until(async () => (await show()).status !== 'running', 'the loop ends');
      const loop = await show();
      assert.deepEqual([loop.status, loop.outcome, loop.round], ['completed', 'limit_reached', 1]);
      const attempts = loop.rounds.flatMap(({ stages }) => stages.flatMap((stage) => stage.attempts));
      assert.equal(attempts.length, 1);
      // The script would go on for ever; Claude Code counts by its own prices.
      assert.match(attempts[0]?.reason ?? '', /maximum budget/);
      assert.ok(world.model.asked.length < 20);
      assert.ok(loop.costUsd >= 0.002 && loop.costUsd < 0.02);
    } finally {
      await world.close();
    }
  });
});
