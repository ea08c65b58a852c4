import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Script, Step } from '../support/mockModel/script.ts';
import { isTested } from './realCli.ts';
import { SloopWorld } from './sloopWorld.ts';

const done: Step = { tool: 'report', input: { status: 'done', summary: 'All done' } };
const once = (...steps: readonly Step[]): readonly Script[] => [{ name: 'agent', steps }];

/** What the runner adds to a CLI is tried with Claude Code and Codex; here, that the others fit to it. */
for (const provider of (['gemini', 'copilot', 'opencode'] as const).filter(isTested)) {
  describe(`${provider} through Sloop's own doors`, function () {
    this.timeout(180_000);
    let world: SloopWorld | undefined;
    afterEach(async () => {
      await world?.close();
      world = undefined;
    });

    it('works, reports by the bridge and by the command, and is resumed, counted once', async () => {
      const steps: Step[] = [
        { tool: 'report', input: { text: 'Begun' } },
        { run: 'sloop todo create "By the command"' },
        { text: 'I pause.' },
      ];
      world = await SloopWorld.open(provider, { scripts: [{ name: 'agent', steps }] });
      const name = await world.start();
      const first = await world.untilEnded(name);
      assert.deepEqual(
        [first.exitCode, first.reported, first.sessionNumber, first.inputTokens, first.outputTokens],
        [0, null, 1, 300, 30],
        first.attention ?? '',
      );
      const { items: created } = await world.host.run('event.list', { operation: 'todo.create' });
      assert.deepEqual(
        created.map(({ surface, caller }) => [surface, caller]),
        [['cli', name]],
      );
      steps.splice(2, 1, done, { text: 'Bye.' });
      await world.host.run('agent.resume', { agent: name });
      const second = await world.untilEnded(name);
      assert.deepEqual(
        [second.sessionNumber, second.providerSessionId, second.status, second.reported, second.result],
        [2, first.providerSessionId, 'idle', 'done', 'All done'],
        second.attention ?? '',
      );
      assert.deepEqual([second.inputTokens, second.outputTokens], [500, 50]);
    });

    it('ends with the command that it runs when it is stopped', async () => {
      const beat: Step = { run: 'seq 300 | while read i; do echo $i > beat; sleep 0.1; done' };
      world = await SloopWorld.open(provider, { scripts: once(beat, done) });
      const opened = world;
      const name = await opened.start();
      await opened.host.until(() => Number(opened.read('beat') ?? 0) > 2, 'it beats');
      await opened.host.run('agent.stop', { agents: [name] });
      const agent = await opened.untilEnded(name);
      assert.deepEqual([agent.status, agent.reported, agent.stopRequestedBy], ['stopped', null, 'person']);
      const last = Number(opened.read('beat'));
      await sleep(800);
      assert.equal(Number(opened.read('beat')), last, 'it beats no more');
      assert.ok(last < 250, 'it did not end by itself');
    });
  });
}
