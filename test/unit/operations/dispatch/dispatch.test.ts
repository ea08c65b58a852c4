import assert from 'node:assert/strict';
import { describe, it, beforeEach, afterEach } from 'mocha';
import { expectOk } from '../../../../src/base/result.ts';
import type { DispatchRule } from '../../../../src/domain/dispatch/rule.ts';
import type { SprintId, TodoId } from '../../../../src/domain/ids.ts';
import { anAccount } from '../../../support/anAccount.ts';
import { aRole } from '../../../support/loopDriver.ts';
import { createTestHost, refusalOf, type TestHost } from '../../../support/testHost.ts';

const roles = [
  aRole(),
  aRole({ name: 'reviewer', provider: 'claude' }),
  aRole({ name: 'plan', access: 'read-only-shell' }),
];

/** A project whose ready todos are given out by hand, one turn after the other. */
class DispatchWorld {
  readonly host: TestHost;

  constructor(host: TestHost) {
    this.host = host;
  }

  static open = async (limits = { agents: 3, perProvider: {} as Record<string, number> }) =>
    new DispatchWorld(await createTestHost({ roles, surroundings: { limits } }));

  async project(title: string, fields: { dispatchRules?: DispatchRule[]; mode?: 'autonomous' } = {}) {
    const { slug } = await this.host.run('project.create', { title, isolation: 'none', ...fields });
    await this.host.run('dispatch.start', { project: slug });
    return slug;
  }

  async todo(title: string, project: string, more: Record<string, unknown> = {}): Promise<TodoId> {
    this.host.clock.step(1000);
    const { todos } = await this.host.run('todo.create', { title, project, ...more });
    return todos[0]?.id as TodoId;
  }

  async startedSprint(project: string, fields: Record<string, unknown> = {}): Promise<SprintId> {
    const { id } = await this.host.run('sprint.create', { title: 'First', project, ...fields });
    await this.host.run('sprint.transition', { sprint: id, status: 'in_progress' });
    return id;
  }

  /** Gives out what is ready, as the engine does; titles of the todos in the order in which they were given. */
  async dispatch(): Promise<string[]> {
    const given: string[] = [];
    await this.system('dispatch.settle', {});
    for (;;) {
      const { turn } = (await this.system('dispatch.next', {})) as {
        turn: { action: string; todo: string } | null;
      };
      if (turn === null) return given;
      await this.system(turn.action === 'start' ? 'dispatch.assign' : 'dispatch.finish', { todo: turn.todo });
      given.push((await this.host.run('todo.show', { todo: turn.todo })).title);
    }
  }

  async system(operation: string, input: unknown): Promise<unknown> {
    const caller = { kind: 'system', name: 'engine' } as const;
    return expectOk(await this.host.executor.execute(caller, 'engine', operation, input));
  }

  async agentOf(todo: TodoId) {
    const [agent] = await this.host.tables((tables) => tables.agent.all({ todoId: todo }));
    if (agent === undefined) throw new Error(`Nobody works on ${todo}.`);
    return agent;
  }

  /** Its process runs and ends; without more it ends with code 0 and without a report. */
  async end(todo: TodoId, fields: Record<string, unknown> = {}): Promise<void> {
    const { name } = await this.agentOf(todo);
    await this.system('launch.claim', { agent: name, pid: 7, pidStartedAt: 'x' });
    const { id, sessionNumber } = await this.agentOf(todo);
    await this.system('agent.exited', { agent: id, sessionNumber, exitCode: 0, exitSignal: null, ...fields });
  }

  async statusOf(todo: TodoId) {
    const { status, blockedReason } = await this.host.run('todo.show', { todo });
    return [status, blockedReason];
  }
}

describe('dispatch', () => {
  let world: DispatchWorld;
  beforeEach(async () => (world = await DispatchWorld.open()));
  afterEach(() => world.host.dispose());

  it('gives ready todos to agents by priority, then age, as many as there may be', async () => {
    const project = await world.project('Sums');
    await world.todo('old', project);
    await world.todo('critical', project, { priority: 'critical' });
    await world.todo('young', project);
    await world.todo('low', project, { priority: 'low' });
    assert.deepEqual(await world.dispatch(), ['critical', 'old', 'young']);
    assert.deepEqual(await world.dispatch(), []);
  });

  it('gives out nothing of a project where it is off or paused, and nothing that waits for something', async () => {
    const project = await world.project('Sums');
    const first = await world.todo('first', project);
    await world.todo('second', project, { dependsOn: [first] });
    await world.todo('for a person', project, { gate: 'decision' });
    const planned = await world.host.run('sprint.create', { title: 'Later', project });
    await world.todo('in a sprint that has not begun', project, { sprint: planned.id });
    await world.host.run('dispatch.pause', { project });
    assert.deepEqual(await world.dispatch(), []);
    await world.host.run('dispatch.start', { project });
    assert.deepEqual(await world.dispatch(), ['first']);
    await world.host.run('dispatch.stop', { project });
    await world.host.run('todo.complete', { todos: [first] });
    assert.deepEqual(await world.dispatch(), []);
  });

  it('is fair between projects: one with a long backlog does not keep another waiting', async () => {
    const long = await world.project('Long');
    for (const number of [1, 2, 3, 4]) await world.todo(`long ${number}`, long, { priority: 'critical' });
    const short = await world.project('Short');
    await world.todo('short', short, { priority: 'low' });
    assert.deepEqual(await world.dispatch(), ['long 1', 'short', 'long 2']);
  });

  it('runs first what a person promoted, in the order of asking', async () => {
    const project = await world.project('Sums');
    await world.todo('critical', project, { priority: 'critical' });
    const [low, lower] = [
      await world.todo('low', project, { priority: 'low' }),
      await world.todo('lower', project, { priority: 'low' }),
    ];
    await world.host.run('todo.promote', { todo: lower });
    world.host.clock.step(10);
    await world.host.run('todo.promote', { todo: low });
    assert.deepEqual(await world.dispatch(), ['lower', 'low', 'critical']);
    assert.deepEqual((await world.host.run('dispatch.status', {})).promoted, []);
  });

  it('keeps to the limit of a sprint’s work in progress and of a provider, and goes on with what is free', async () => {
    world.host.dispose();
    world = await DispatchWorld.open({ agents: 9, perProvider: { claude: 1 } });
    const project = await world.project('Sums');
    const sprint = await world.startedSprint(project, { wipLimit: 1 });
    await world.todo('a', project, { sprint });
    await world.todo('b', project, { sprint });
    await world.todo('review a', project, { category: 'review' });
    await world.todo('review b', project, { category: 'review' });
    await world.todo('free', project, { priority: 'low' });
    assert.deepEqual(await world.dispatch(), ['a', 'review a', 'free']);
  });

  it('starts who the todo names, else the first rule that fits, else who is usual', async () => {
    const project = await world.project('Sums', {
      dispatchRules: [
        { category: 'research', role: 'plan', provider: 'codex', model: 'large' },
        { priority: 'critical', provider: 'claude' },
      ],
    });
    const research = await world.todo('research', project, { category: 'research' });
    const critical = await world.todo('critical', project, { priority: 'critical', model: 'small' });
    const own = await world.todo('own', project, {
      category: 'research',
      provider: 'command',
      role: 'coder',
    });
    await world.dispatch();
    const shown = async (id: TodoId) => {
      const { role, provider, model, origin } = await world.agentOf(id);
      return [role, provider, model, origin];
    };
    assert.deepEqual(await shown(research), ['plan', 'codex', 'large', 'dispatch']);
    assert.deepEqual(await shown(critical), ['coder', 'claude', 'small', 'dispatch']);
    assert.deepEqual(await shown(own), ['coder', 'command', null, 'dispatch']);
  });

  it('leaves a parent until its parts are done, and then finishes it unless it has criteria to check', async () => {
    const project = await world.project('Sums');
    const plain = await world.todo('plain', project, { priority: 'critical' });
    const checked = await world.todo('checked', project, { acceptanceCriteria: ['it holds'] });
    const parts = [
      await world.todo('part of plain', project, { parent: plain }),
      await world.todo('part of checked', project, { parent: checked }),
    ];
    assert.deepEqual(await world.dispatch(), ['part of plain', 'part of checked']);
    await world.host.run('todo.complete', { todos: parts });
    assert.deepEqual(await world.dispatch(), ['plain', 'checked']);
    assert.deepEqual(await world.statusOf(plain), ['completed', null]);
    assert.deepEqual(await world.statusOf(checked), ['in_progress', null]);
  });

  it('starts approved sprints when they can start, brings done ones to review, and ends them where nobody is to look', async () => {
    const project = await world.project('Sums', { mode: 'autonomous' });
    const [one, two] = [
      await world.host.run('sprint.create', { title: 'One', project }),
      await world.host.run('sprint.create', { title: 'Two', project }),
    ];
    await world.host.run('sprint.depend', { sprint: two.id, on: one.id });
    await world.host.run('sprint.approve', { sprints: [one.id, two.id] });
    const first = await world.todo('in one', project, { sprint: one.id });
    await world.todo('in two', project, { sprint: two.id });
    assert.deepEqual(await world.dispatch(), ['in one']);
    await world.host.run('todo.complete', { todos: [first] });
    assert.deepEqual(await world.dispatch(), ['in two']);
    assert.equal((await world.host.run('sprint.show', { sprint: one.id })).status, 'complete');
  });

  it('tries three times with the same agent, tells it why, and then leaves the todo to a person', async () => {
    const project = await world.project('Sums');
    const todo = await world.todo('hard', project);
    assert.deepEqual(await world.dispatch(), ['hard']);
    await world.end(todo);
    const again = await world.agentOf(todo);
    assert.deepEqual([again.status, again.attempt, again.sessionNumber], ['starting', 2, 2]);
    const { prompt } = await world.host.run('agent.show', { agent: again.name, prompt: true });
    assert.match(prompt ?? '', /attempt 2 of 3\): It ended without a report/);
    await world.end(todo, { exitCode: 9 });
    await world.end(todo, { exitCode: 9 });
    assert.deepEqual(await world.dispatch(), []);
    const [status, reason] = await world.statusOf(todo);
    assert.equal(status, 'blocked');
    assert.match(String(reason), /came to nothing in 3 attempts: It ended with exit code 9/);
    await world.host.run('todo.reopen', { todos: [todo] });
    assert.deepEqual(await world.dispatch(), ['hard']);
  });

  it('does not count an editor that was closed as a failure of the agent’s', async () => {
    const project = await world.project('Sums');
    const todo = await world.todo('long', project);
    await world.dispatch();
    for (let close = 0; close < 5; close += 1)
      await world.end(todo, { exitCode: null, exitSignal: 'SIGHUP' });
    const { status, attempt } = await world.agentOf(todo);
    assert.deepEqual([status, attempt], ['starting', 1]);
  });

  it('pauses where nothing can be started at all, instead of trying it with every todo', async () => {
    const project = await world.project('Sums');
    const todo = await world.todo('first', project);
    await world.todo('second', project);
    await world.dispatch();
    await world.end(todo, { exitCode: null, startRefused: true, reason: 'There is no such program.' });
    assert.deepEqual(await world.statusOf(todo), ['pending', null]);
    const [state] = (await world.host.run('dispatch.status', { project })).projects;
    assert.deepEqual([state?.dispatch, state?.ready], ['paused', 1]);
    assert.match((await world.agentOf(todo)).attention ?? '', /no such program\. Dispatch of sums is paused/);
  });

  it('pauses when agents come to nothing one after the other, and goes on when a person says so', async () => {
    const project = await world.project('Sums');
    const todos = [];
    for (const number of [1, 2, 3, 4, 5]) todos.push(await world.todo(`todo ${number}`, project));
    assert.equal((await world.dispatch()).length, 3);
    for (const todo of todos.slice(0, 3))
      for (let attempt = 0; attempt < 3; attempt += 1) await world.end(todo, { exitCode: 9 });
    assert.deepEqual(await world.dispatch(), []);
    const [state] = (await world.host.run('dispatch.status', { project })).projects;
    assert.deepEqual([state?.dispatch, state?.ready], ['paused', 2]);
    await world.host.run('dispatch.start', { project });
    assert.deepEqual(await world.dispatch(), ['todo 4', 'todo 5']);
  });

  it('does not start again at once what a person stopped', async () => {
    const project = await world.project('Sums');
    const todo = await world.todo('first', project);
    await world.dispatch();
    await world.host.run('agent.stop', { agents: [(await world.agentOf(todo)).name] });
    assert.deepEqual(await world.dispatch(), []);
    assert.match(String((await world.statusOf(todo))[1]), /stopped by person/);
  });

  it('waits for an account to be there again, says until when, and goes on with other providers', async () => {
    const project = await world.project('Sums');
    const until = world.host.clock.step(3_600_000);
    world.host.clock.step(-3_600_000);
    await world.host.tables((tables) =>
      tables.account.insert(anAccount('work', { isExhausted: true, exhaustedUntil: until })),
    );
    await world.todo('review', project, { category: 'review', priority: 'critical' });
    await world.todo('code', project);
    assert.deepEqual(await world.dispatch(), ['code']);
    const { againAt } = await world.host.run('dispatch.status', {});
    assert.equal(againAt, until);
    world.host.clock.step(3_600_000);
    assert.deepEqual(await world.dispatch(), ['review']);
  });

  it('refuses to give out what is not its turn, so that nothing is given twice', async () => {
    const project = await world.project('Sums');
    const todo = await world.todo('first', project);
    await world.dispatch();
    const caller = { kind: 'system', name: 'engine' } as const;
    const again = await world.host.executor.execute(caller, 'engine', 'dispatch.assign', { todo });
    assert.equal(refusalOf(again).code, 'limit');
  });
});
