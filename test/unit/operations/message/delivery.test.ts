import assert from 'node:assert/strict';
import type { AgentCaller } from '../../../../src/domain/caller.ts';
import { AgentWorld } from '../agent/agentWorld.ts';

describe('delivering messages to an agent', () => {
  let world: AgentWorld;
  let heron: AgentCaller;
  let otter: AgentCaller;
  beforeEach(async () => {
    world = await AgentWorld.open();
    heron = await world.caller((await world.running()).name);
    otter = await world.caller((await world.running()).name);
  });
  afterEach(() => world.close());

  const deliver = async (caller: AgentCaller, input: { told?: string[]; take?: boolean } = {}) => {
    const given = await world.host.as(caller, 'message.deliver', input);
    assert.ok(given.ok);
    return given.value.text;
  };
  const due = async (caller: AgentCaller) => {
    const found = await world.host.as(caller, 'message.due', {});
    return found.ok && found.value.due;
  };
  const send = async (to: string, body: string) => {
    world.host.clock.step(1000);
    return world.host.run('message.send', { to, body });
  };

  it('tells notes, questions and answers once, to their recipient alone', async () => {
    await send(otter.name, 'Lunch at noon.');
    const asked = await world.host.as(heron, 'message.ask', { to: otter.name, body: 'Which port?' });
    const mine = await world.host.as(otter, 'message.ask', { to: 'person', body: 'Tabs?\nOr spaces?' });
    assert.ok(asked.ok && mine.ok);
    world.host.clock.step(1000);
    await world.host.run('message.answer', { message: mine.value.id, body: 'Spaces.' });
    assert.deepEqual([await due(heron), await due(otter)], [false, true]);
    const text = (await deliver(otter)) ?? '';
    assert.match(text, /person writes \(message \w+\):\nLunch at noon\./);
    assert.match(text, new RegExp(`${heron.name} asks you \\(message ${asked.value.id}\\):\nWhich port\\?`));
    assert.match(text, /person answers your question "Tabs\?" \(message \w+\):\nSpaces\./);
    assert.deepEqual([await due(otter), await deliver(otter)], [false, null]);
    assert.equal(await deliver(heron), null);
  });

  it('counts what a call itself has shown as told', async () => {
    const mine = await world.host.as(otter, 'message.ask', { to: 'person', body: 'Tabs?' });
    assert.ok(mine.ok);
    await world.host.run('message.answer', { message: mine.value.id, body: 'Spaces.' });
    await send(otter.name, 'And lunch.');
    assert.equal(await deliver(otter, { told: [mine.value.id], take: false }), null);
    const text = (await deliver(otter)) ?? '';
    assert.ok(text.includes('And lunch.') && !text.includes('Spaces.'), text);
  });

  it('is bounded; what is left comes with the next call, and a long one says where it is whole', async () => {
    const long = await send(otter.name, 'x'.repeat(9000));
    for (let number = 1; number <= 30; number += 1) await send(otter.name, `Note ${number}.`);
    const first = (await deliver(otter)) ?? '';
    assert.ok(first.length < 9000, `${first.length}`);
    assert.ok(first.includes(`sloop message show ${long.id}`));
    const left = Number(/(\d+) more wait\./.exec(first)?.[1]);
    const toldAtFirst = [...first.matchAll(/Note \d+\./g)].length;
    assert.equal(left, 30 - toldAtFirst);
    const second = (await deliver(otter)) ?? '';
    const told = [...`${first}${second}`.matchAll(/Note (\d+)\./g)].map(([, number]) => Number(number));
    assert.deepEqual(
      told,
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
    assert.equal(await deliver(otter), null);
  });

  it('leaves the person’s own inbox as it is, and shows an agent’s messages in its inbox once', async () => {
    await world.host.as(heron, 'message.ask', { to: otter.name, body: 'Which port?' });
    await send(otter.name, 'Lunch.');
    const box = await world.host.as(otter, 'message.inbox', { limit: 1 });
    assert.ok(box.ok);
    assert.deepEqual([box.value.items.map(({ kind }) => kind), box.value.more], [['question'], 1]);
    const rest = await world.host.as(otter, 'message.inbox', { after: box.value.next ?? '' });
    assert.deepEqual(rest.ok && rest.value.items.map(({ kind, title }) => [kind, title]), [
      ['message', 'Lunch.'],
    ]);
    const { items } = await world.host.run('message.inbox', {});
    assert.deepEqual(items, [], 'what agents ask each other is not in the person’s inbox');
  });

  it('leaves out what was said to everyone before the agent began', async () => {
    await world.host.as(heron, 'message.send', { to: 'everyone', body: 'Old news.' });
    world.host.clock.step(1000);
    const late = await world.caller((await world.running()).name);
    assert.equal(await due(late), false);
    await world.host.as(heron, 'message.send', { to: 'everyone', body: 'New news.' });
    assert.match((await deliver(late)) ?? '', /New news\./);
    assert.match((await deliver(otter)) ?? '', /Old news\.[^]*New news\./);
  });

  it('is part of the prompt of one that had ended', async () => {
    await world.observe(otter.name, [{ number: 1, seen: { kind: 'session', providerSessionId: 's-1' } }]);
    await world.exit(otter.name);
    const sent = await send(otter.name, 'By the way.');
    assert.equal(sent.delivery, 'when it is resumed');
    await world.host.run('agent.resume', { agent: otter.name, prompt: 'Go on.' });
    const agent = await world.agent(otter.name);
    const [launch] = await world.host.tables((tables) =>
      tables.launch.all({ agentId: agent.id, sessionNumber: 2 }),
    );
    assert.match(launch?.prompt ?? '', /Go on\.\n\nMessages for you[^]*By the way\./);
    assert.equal(await due(otter), false);
  });

  it('in a prompt that a person causes holds nothing of other projects', async () => {
    await world.observe(otter.name, [{ number: 1, seen: { kind: 'session', providerSessionId: 's-1' } }]);
    await world.exit(otter.name);
    const { id } = await world.host.run('session.start', { title: 'Elsewhere' });
    const other = await world.host.run('project.create', { title: 'Desk' });
    for (const [session, project, body] of [
      [otter.sessionId, world.project, 'Ours.'],
      [id, other.id, 'Theirs.'],
    ] as const) {
      await world.host.tables((tables) => {
        const row = tables.session.find(session);
        assert.ok(row);
        tables.session.update({ ...row, projectId: project });
      });
      const sent = await world.host.as({ ...world.host.person, sessionId: session }, 'message.send', {
        to: 'everyone',
        body,
      });
      assert.ok(sent.ok);
    }
    await world.host.run('agent.resume', { agent: otter.name });
    const agent = await world.agent(otter.name);
    const [launch] = await world.host.tables((tables) =>
      tables.launch.all({ agentId: agent.id, sessionNumber: 2 }),
    );
    assert.match(launch?.prompt ?? '', /Ours\./);
    assert.doesNotMatch(launch?.prompt ?? '', /Theirs\./);
  });

  it('says how a message will arrive', async () => {
    assert.equal((await send(otter.name, 'Soon.')).delivery, 'next tool call');
    const note = await world.host.as(otter, 'message.send', { to: 'person', body: 'Done soon.' });
    assert.equal(note.ok && note.value.delivery, 'inbox');
    const all = await world.host.as(otter, 'message.send', { to: 'everyone', body: 'Hi.' });
    assert.equal(all.ok && all.value.delivery, 'next tool call');
  });
});
