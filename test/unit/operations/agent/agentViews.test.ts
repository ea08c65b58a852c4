import assert from 'node:assert/strict';
import { refusalOf } from '../../../support/testHost.ts';
import { AgentWorld } from './agentWorld.ts';

/** What the editor's views read of agents. */
describe('agents as views show them', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());

  const said = (name: string, ...texts: readonly string[]) =>
    world.observe(
      name,
      texts.map((text, index) => ({ number: index + 1, seen: { kind: 'said', text } })),
    );
  const rows = (input: object = {}) =>
    world.host.executor.clientFor(world.host.person, 'view').execute('agent.rows', input);
  const group = async (name: 'needed' | 'live' | 'ended') => {
    const list = await rows({ group: name });
    assert.ok(list.ok);
    return list.value.items.map((row) => row.name);
  };

  it('stand in the group that is true of them, each in one', async () => {
    const [asks, works, ended, silent] = [
      await world.running(),
      await world.running({ todo: await world.todo('Add the sum') }),
      await world.running(),
      await world.running(),
    ];
    await world.host.as(await world.caller(asks.name), 'message.ask', { to: 'person', body: '429 or 503?' });
    await world.host.as(await world.caller(ended.name), 'report', { status: 'done', summary: 'Done' });
    await world.exit(ended.name);
    await world.exit(silent.name);
    assert.deepEqual((await group('needed')).sort(), [asks.name, silent.name].sort());
    assert.deepEqual(await group('live'), [works.name]);
    assert.deepEqual(await group('ended'), [ended.name]);
    const all = await rows();
    assert.ok(all.ok);
    assert.deepEqual(all.value.counts, { needed: 2, live: 1, ended: 1 });
    assert.equal(all.value.items.length, 4);
    const row = all.value.items.find(({ name }) => name === works.name);
    assert.equal(row?.todoTitle, 'Add the sum');
  });

  it('one that asks and has ended its turn is counted with those that need the person alone', async () => {
    const { name, id } = await world.running();
    await world.host.as(await world.caller(name), 'message.ask', { to: 'person', body: '429 or 503?' });
    await world.host.tables(({ agent }) => {
      const row = agent.find(id);
      if (row !== undefined) agent.update({ ...row, status: 'idle' });
    });
    assert.deepEqual(await group('needed'), [name]);
    assert.deepEqual(await group('ended'), []);
    const all = await rows();
    assert.deepEqual(all.ok && all.value.counts, { needed: 1, live: 0, ended: 0 });
  });

  it('what was written to and by one of them comes in order, the newest of them', async () => {
    const { name, id } = await world.running();
    const other = await world.running();
    await world.host.run('message.send', { to: name, body: 'Mind the tests' });
    await world.host.as(await world.caller(name), 'message.send', { to: other.name, body: 'I take the sum' });
    await world.host.run('message.send', { to: other.name, body: 'Not yours' });
    const client = world.host.executor.clientFor(world.host.person, 'view');
    const bodies = async (limit: number) => {
      const list = await client.execute('message.rows', { agent: id, limit });
      assert.ok(list.ok);
      return [list.value.items.map(({ body }) => body), list.value.more];
    };
    assert.deepEqual((await bodies(50)).flat().sort(), [0, 'I take the sum', 'Mind the tests']);
    assert.deepEqual((await bodies(1))[1], 1);
  });

  it('a deleted log is counted first, says that it went, and leaves those of others', async () => {
    const { name } = await world.running();
    const other = await world.running();
    await said(name, 'one', 'two');
    await said(other.name, 'mine');
    const counted = { agent: name, pieces: 2, sessions: 1 };
    assert.deepEqual(await world.host.run('agent.deleteLog', { agent: name, dryRun: true }), {
      dryRun: true,
      ...counted,
    });
    const log = async (of: string) =>
      (await world.host.run('agent.log', { agent: of })).items.map(({ content }) => content);
    assert.deepEqual(await log(name), ['one', 'two']);
    assert.deepEqual(await world.host.run('agent.deleteLog', { agent: name }), {
      dryRun: false,
      ...counted,
    });
    assert.deepEqual(await log(name), ['2 pieces of output were deleted by person.']);
    assert.deepEqual(await log(other.name), ['mine']);
    const byAgent = await world.host.as(await world.caller(name), 'agent.deleteLog', { agent: other.name });
    assert.equal(refusalOf(byAgent).code, 'forbidden');
  });
});
