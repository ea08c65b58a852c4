import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import type { Step } from '../support/mockModel/script.ts';
import type { RealProvider } from '../support/mockModel/settings.ts';
import { isTested } from './realCli.ts';
import { SloopWorld } from './sloopWorld.ts';

const done: Step = { tool: 'report', input: { status: 'done', summary: 'All done' } };

for (const provider of ['claude', 'codex', 'copilot', 'gemini', 'opencode'] satisfies RealProvider[])
  describe(`messages and questions of ${provider}`, function () {
    if (!isTested(provider)) return;
    this.timeout(120_000);
    let world: SloopWorld;
    afterEach(() => world.close());

    const open = async (steps: readonly Step[]) =>
      (world = await SloopWorld.open(provider, { scripts: [{ name: 'agent', steps }] }));
    const lastRequest = (): string => JSON.stringify(world.model.asked.at(-1)?.raw);

    it('a message reaches it after its next tool call, though that is none to Sloop', async () => {
      await open([
        { run: 'touch begun; while [ ! -e told ]; do sleep 0.05; done' },
        { run: 'echo second' },
        done,
        { text: 'Bye.' },
      ]);
      const name = await world.start();
      await world.host.until(() => existsSync(world.file('begun')), 'its command runs');
      const sent = await world.host.run('message.send', { to: name, body: 'Mind the tabs.' });
      assert.equal(sent.delivery, 'next tool call');
      writeFileSync(world.file('told'), '');
      await world.untilEnded(name);
      // Some CLIs also ask for a title.
      const second = JSON.stringify(
        world.model.asked.find(({ request }) => request.results.length === 1)?.raw,
      );
      assert.match(second, /Mind the tabs\./);
      assert.equal(lastRequest().split('Mind the tabs.').length - 1, 1, 'told once');
    });

    it('parks with a question, and goes on in the same session with the answer', async () => {
      await open([
        { tool: 'message_ask', input: { to: 'person', body: 'Which port?', park: true } },
        { text: 'I wait.' },
      ]);
      const todo = await world.host.run('todo.create', { title: 'Choose a port' });
      const id = todo.todos[0]?.id;
      assert.ok(id !== undefined);
      const name = await world.start({ todo: id });
      const parked = await world.untilEnded(name);
      assert.deepEqual([parked.status, parked.attention], ['idle', null]);
      assert.equal((await world.host.run('todo.show', { todo: id })).assignee, name);
      const [question] = (await world.host.run('message.inbox', { kind: ['question'] })).items;
      assert.equal(question?.title, 'Which port?');
      await world.host.run('message.answer', { message: question.id, body: 'Port 8080.' });
      await world.until(name, ({ sessionNumber, status }) => sessionNumber === 2 && status !== 'starting');
      const again = await world.untilEnded(name);
      assert.equal(again.providerSessionId, parked.providerSessionId);
      assert.match(lastRequest(), /Which port\?[^]*Port 8080\./);
    });
  });
