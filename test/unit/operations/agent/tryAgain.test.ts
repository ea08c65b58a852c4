import assert from 'node:assert/strict';
import { mostAttempts } from '../../../../src/domain/agent/agent.ts';
import type { TodoId } from '../../../../src/domain/ids.ts';
import { AgentWorld } from './agentWorld.ts';

const crash = { exitCode: 139, reason: 'It fell over.' };

describe('an agent that crashes', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());

  const started = async (form: 'streamed' | 'interactive' = 'streamed') => {
    const todo = await world.todo('Write');
    const { name } = await world.host.run('agent.start', { role: 'coder', todo, form });
    await world.claim(name, 100, true);
    return { name, todo };
  };
  const launchOf = (name: string) =>
    world.host.tables((tables) => {
      const { id, sessionNumber } = tables.agent.findByName(name) ?? assert.fail();
      return tables.launch.all({ agentId: id, sessionNumber })[0];
    });

  it('goes on in its very session, knows why, and keeps its todo', async () => {
    const { name, todo } = await started();
    await world.observe(name, [{ number: 1, seen: { kind: 'session', providerSessionId: 'session-1' } }]);
    await world.exit(name, crash);
    const [agent, launch] = [await world.agent(name), await launchOf(name)];
    assert.deepEqual([agent.status, agent.sessionNumber, agent.attempt], ['starting', 2, 2]);
    assert.deepEqual([launch?.state, launch?.resume], ['ready', true]);
    assert.match(launch?.prompt ?? '', /attempt 2 of 3\): It fell over\./);
    assert.equal((await world.showTodo(todo)).assignee, name);
  });

  it('starts anew with its task where it never came to a session', async () => {
    const { name } = await started();
    await world.exit(name, crash);
    const launch = await launchOf(name);
    assert.equal(launch?.resume, false);
    assert.match(launch?.prompt ?? '', /Write[^]*How to report[^]*It fell over\./);
  });

  it('is a person’s to look at after three starts in a row; resuming begins anew', async () => {
    const { name } = await started();
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      if (attempt > 1) await world.claim(name);
      await world.exit(name, crash);
    }
    const ended = await world.agent(name);
    assert.deepEqual([ended.status, ended.attention], ['crashed', 'It fell over.']);
    await world.observe(name, [{ number: 1, seen: { kind: 'session', providerSessionId: 'session-1' } }]);
    await world.host.run('agent.resume', { agent: name });
    assert.equal((await world.agent(name)).attempt, 1);
  });

  it('is not started again where its todo was blocked, cancelled or completed meanwhile, and its end is recorded', async () => {
    for (const decide of [
      (todo: TodoId) => world.host.run('todo.block', { todo, reason: 'A key is missing.' }),
      (todo: TodoId) => world.host.run('todo.cancel', { todos: [todo] }),
      (todo: TodoId) => world.host.run('todo.complete', { todos: [todo] }),
    ]) {
      const { name, todo } = await started();
      await decide(todo);
      const { status } = await world.showTodo(todo);
      assert.ok((await world.exit(name, crash)).ok);
      assert.equal((await world.agent(name)).status, 'crashed');
      assert.equal((await world.showTodo(todo)).status, status);
    }
  });

  it('stays as it is where a person sits in front of it, or its program is not there', async () => {
    const sat = await started('interactive');
    await world.exit(sat.name, crash);
    assert.equal((await world.agent(sat.name)).status, 'crashed');
    const absent = await started();
    await world.exit(absent.name, { ...crash, startRefused: true });
    assert.equal((await world.agent(absent.name)).status, 'crashed');
  });
});
