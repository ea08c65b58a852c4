import assert from 'node:assert/strict';
import { createDemoRepository, runTests } from '../../scripts/demo/demoRepository.ts';
import { harnessModel } from '../../scripts/demo/harnessModel.ts';
import { mockModelName } from '../support/mockModel/settings.ts';
import { SloopWorld, type RealProvider } from './sloopWorld.ts';

for (const provider of ['claude', 'codex'] as const satisfies readonly RealProvider[]) {
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
