import assert from 'node:assert/strict';
import { refusalOf } from '../../../support/testHost.ts';
import { AgentWorld } from './agentWorld.ts';

describe('agent operations', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());

  it('list agents, newest first, without the dismissed ones', async () => {
    const first = await world.running();
    const second = await world.running();
    await world.exit(first.name);
    const names = async (input: object) =>
      (await world.host.run('agent.list', input)).items.map(({ name }) => name).sort();
    assert.deepEqual(await names({}), [first.name, second.name]);
    assert.deepEqual(await names({ live: true }), [second.name]);
    assert.deepEqual(await names({ attention: true }), [first.name]);
    await world.host.run('agent.dismiss', { agents: [first.name] });
    assert.deepEqual(await names({}), [second.name]);
    assert.deepEqual(await names({ attention: true }), []);
    assert.deepEqual(await names({ all: true }), [first.name, second.name]);
  });

  it('resume continues the session: next number, claim back, same provider session', async () => {
    const todo = await world.todo('Add the sum');
    const { name, id } = await world.running({ todo });
    await world.observe(name, [{ number: 1, seen: { kind: 'session', providerSessionId: 's-1' } }]);
    await world.exit(name, { exitCode: 3 });
    await world.host.run('agent.resume', { agent: name, prompt: 'Go on.' });
    const agent = await world.agent(name);
    assert.deepEqual(
      [agent.id, agent.status, agent.sessionNumber, agent.observed, agent.attention, agent.exitCode],
      [id, 'starting', 2, 0, null, null],
    );
    assert.equal((await world.showTodo(todo)).assignee, name);
    const claimed = await world.claim(name, 200);
    assert.ok(claimed.ok);
    const { resume, prompt } = claimed.value as { resume: string; prompt: string };
    assert.deepEqual([resume, prompt], ['s-1', 'Go on.']);
  });

  it('resume is refused while the agent lives, and where there is no session to continue', async () => {
    const { name } = await world.running();
    const resume = () => world.host.as(world.host.person, 'agent.resume', { agent: name });
    assert.match(refusalOf(await resume()).message, /goes on already/);
    await world.exit(name);
    assert.match(refusalOf(await resume()).message, /never told a session/);
  });

  it('resume is refused when the todo went to another agent', async () => {
    const todo = await world.todo('Add the sum');
    const { name } = await world.running({ todo });
    await world.observe(name, [{ number: 1, seen: { kind: 'session', providerSessionId: 's-1' } }]);
    await world.exit(name, { exitCode: 3 });
    await world.running({ todo });
    const refused = await world.host.as(world.host.person, 'agent.resume', { agent: name });
    assert.match(refusalOf(refused).message, /claimed by brave-otter-2/);
    assert.equal((await world.agent(name)).status, 'crashed', 'a refusal undoes all of it');
  });

  it('stop, dismiss and delete are refused in the wrong state', async () => {
    const { name } = await world.running();
    const { person } = world.host;
    assert.match(
      refusalOf(await world.host.as(person, 'agent.dismiss', { agents: [name] })).message,
      /cannot be dismissed/,
    );
    assert.match(
      refusalOf(await world.host.as(person, 'agent.delete', { agents: [name] })).message,
      /cannot be deleted/,
    );
    await world.exit(name);
    assert.match(
      refusalOf(await world.host.as(person, 'agent.stop', { agents: [name] })).message,
      /no process to stop/,
    );
  });

  it('delete says first what goes along, and leaves the output readable by id', async () => {
    const { name, id } = await world.running();
    await world.host.as(await world.caller(name), 'report', { text: 'Half way' });
    await world.host.as(await world.caller(name), 'message.ask', { to: 'person', body: 'Which?' });
    await world.observe(name, [{ number: 1, seen: { kind: 'said', text: 'My words' } }]);
    await world.exit(name);
    const expected = { deleted: [name], messages: 1, progress: 1, logs: false };
    assert.deepEqual(await world.host.run('agent.delete', { agents: [name], dryRun: true }), {
      dryRun: true,
      ...expected,
    });
    assert.ok(await world.agent(name));
    assert.deepEqual(await world.host.run('agent.delete', { agents: [name] }), {
      dryRun: false,
      ...expected,
    });
    await assert.rejects(world.agent(name));
    const { items } = await world.host.run('agent.log', { agent: id });
    assert.deepEqual(
      items.map(({ content }) => content),
      ['My words'],
    );
  });

  it('log finds text, pages, and tells agents nothing of those out of their reach', async () => {
    const { name, id } = await world.running();
    const words = ['alpha', 'beta', 'alphabet'];
    await world.observe(
      name,
      words.map((text, index) => ({ number: index + 1, seen: { kind: 'said', text } })),
    );
    const found = await world.host.run('agent.log', { agent: name, text: 'alpha', limit: 1 });
    assert.deepEqual([found.items.map(({ content }) => content), found.more], [['alpha'], 1]);
    const newest = await world.host.run('agent.log', { agent: name, newest: true, limit: 1 });
    assert.equal(newest.items[0]?.content, 'alphabet');
    await world.exit(name);
    await world.host.run('agent.delete', { agents: [name] });
    const other = await world.running();
    const asAgent = await world.host.as(await world.caller(other.name), 'agent.log', { agent: id });
    assert.equal(refusalOf(asAgent).code, 'missing');
  });
});

describe('report', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());

  it('keeps lines of progress', async () => {
    const { name } = await world.running();
    const caller = await world.caller(name, 'read-only');
    await world.host.as(caller, 'report', { text: 'Reading' });
    const { progress, reported } = await world.host.run('agent.show', { agent: name });
    assert.deepEqual([progress.map(({ text }) => text), reported], [['Reading'], null]);
  });

  it('of done completes the todo with its summary and lets go what waited for it', async () => {
    const todo = await world.todo('First');
    const next = await world.todo('Second', { dependsOn: [todo] });
    const { name } = await world.running({ todo });
    await world.host.as(await world.caller(name), 'report', { status: 'done', summary: 'Summed.' });
    const { status, completionSummary, completedBy } = await world.showTodo(todo);
    assert.deepEqual([status, completionSummary, completedBy], ['completed', 'Summed.', name]);
    assert.equal((await world.showTodo(next)).status, 'pending');
  });

  it('of done leaves a todo open that a person has to verify', async () => {
    const todo = await world.todo('First', { gate: 'human-verify' });
    const { name } = await world.running({ todo });
    await world.host.as(await world.caller(name), 'report', { status: 'done', summary: 'Summed.' });
    assert.equal((await world.showTodo(todo)).status, 'in_progress');
    assert.equal((await world.agent(name)).reported, 'done');
  });

  it('keeps an output as an artifact with where it came from', async () => {
    const todo = await world.todo('Describe sums');
    const { name } = await world.running({ todo });
    const result = await world.host.as(await world.caller(name), 'report', {
      status: 'done',
      summary: 'Written.',
      output: '# Sums\n\nAdd them.',
    });
    assert.ok(result.ok && result.value.artifact !== null);
    const artifact = await world.host.run('artifact.show', { artifact: result.value.artifact });
    assert.deepEqual(
      [artifact.title, artifact.type, artifact.metadata, artifact.createdBy],
      ['Describe sums', 'loop_output', { agent: name, todo }, name],
    );
  });

  it('of failed asks for a look and gives the todo back at the end', async () => {
    const todo = await world.todo('First');
    const { name } = await world.running({ todo });
    await world.host.as(await world.caller(name), 'report', { status: 'failed', summary: 'No compiler.' });
    await world.exit(name);
    const agent = await world.agent(name);
    assert.deepEqual([agent.status, agent.reported], ['idle', 'failed']);
    assert.match(agent.attention ?? '', /No compiler/);
    assert.equal((await world.showTodo(todo)).status, 'pending');
  });

  it('is refused when it says nothing, lacks a summary, or comes from the person', async () => {
    const { name } = await world.running();
    const caller = await world.caller(name);
    assert.match(refusalOf(await world.host.as(caller, 'report', {})).message, /says nothing/);
    assert.match(
      refusalOf(await world.host.as(caller, 'report', { status: 'done' })).message,
      /needs a summary/,
    );
    assert.equal(
      refusalOf(await world.host.as(world.host.person, 'report', { text: 'x' })).code,
      'forbidden',
    );
  });
});
