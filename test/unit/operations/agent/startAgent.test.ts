import assert from 'node:assert/strict';
import { aRole } from '../../../support/loopDriver.ts';
import { anAgentCaller, createTestHost, refusalOf } from '../../../support/testHost.ts';
import { AgentWorld } from './agentWorld.ts';

describe('starting an agent', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());

  it('writes the agent and one launch that is ready to be claimed', async () => {
    const { name } = await world.host.run('agent.start', { role: 'coder', prompt: 'Fix the sum.' });
    const agent = await world.agent(name);
    assert.deepEqual([agent.status, agent.provider, agent.sessionNumber], ['starting', 'command', 1]);
    const launches = await world.host.tables((tables) => tables.launch.all({ agentId: agent.id }));
    assert.deepEqual(
      launches.map(({ state, workingFolder, resume, tokenHash }) => [
        state,
        workingFolder,
        resume,
        tokenHash,
      ]),
      [['ready', '/workspace', false, null]],
    );
  });

  it('puts who, where, what and how to report into the first prompt', async () => {
    const first = await world.todo('Write the parser');
    await world.host.run('todo.complete', { todos: [first], summary: 'The parser reads sums.' });
    const todo = await world.todo('Add the sum', { dependsOn: [first] });
    await world.todo('Something else');
    const { name } = await world.host.run('agent.start', { role: 'coder', todo });
    const { prompt } = await world.host.run('agent.show', { agent: name, prompt: true });
    assert.equal(
      prompt,
      `You are brave-otter-1, an agent of the team that Sloop runs in this workspace.
Role: coder (Coder). You work in /workspace.

## Project

Sums (sums)

## Open todos

- ${todo} [in_progress, brave-otter-1] Add the sum
- todo0003 [pending] Something else

## Your todo

${todo}: Add the sum. It is claimed for you.

## What was done before

- ${first} Write the parser: The parser reads sums.

## Your task

Do your todo ${todo}.

## How to report

When your work is done, call \`report\` of the MCP server \`sloop\` with status done (or failed) and a summary; put a document that you were asked for into output. Only that counts: work that ends without it is taken as not done.
Say how it goes on the way with \`report\` (one line of text). If you cannot go on, report why, or ask: \`sloop ask --to person "…"\` (with \`--park\` you end your turn meanwhile, keep your todo, and are resumed with the answer).
Messages of your team come beside the answers of your tools.
Sloop’s MCP tools may still be loading when you start. If you do not see them, go on working, or use the command \`sloop\`, which is on your PATH and knows who you are: \`sloop report --status done --summary "…"\`; \`sloop help\` shows the rest.
\`context\` (or \`sloop context\`) tells at any time where the work stands. Nobody reads what you only print.`,
    );
  });

  it('tells the next agent on a todo how the one before it ended', async () => {
    const todo = await world.todo('Add the sum');
    const { name } = await world.running({ todo });
    await world.exit(name, { exitCode: 7, lastMessage: 'I am out of memory' });
    const second = await world.host.run('agent.start', { role: 'coder', todo });
    const { prompt } = await world.host.run('agent.show', { agent: second.name, prompt: true });
    assert.match(
      prompt ?? '',
      /brave-otter-1 worked on the same todo and ended crashed\.\nIts last words: I am out of memory/,
    );
  });

  it('claims the todo, so that nobody else gets it while the agent lives', async () => {
    const todo = await world.todo('Add the sum');
    const { name } = await world.running({ todo });
    assert.equal((await world.showTodo(todo)).assignee, name);
    const again = await world.host.as(world.host.person, 'agent.start', { role: 'coder', todo });
    assert.match(refusalOf(again).message, /claimed by brave-otter-1/);
  });

  it('refuses a todo that waits for another', async () => {
    const first = await world.todo('First');
    const todo = await world.todo('Second', { dependsOn: [first] });
    const result = await world.host.as(world.host.person, 'agent.start', { role: 'coder', todo });
    assert.match(refusalOf(result).message, /is blocked by what it waits for/);
  });

  it('refuses a start without a task, an unknown role, provider or folder, and scripts that do not fit', async () => {
    const start = (input: object) =>
      world.host.as(world.host.person, 'agent.start', { role: 'coder', prompt: 'p', ...input });
    const cases: [object, RegExp][] = [
      [{ prompt: undefined }, /nothing to do/],
      [{ role: 'wizard' }, /no role wizard\. There are: coder, reader/],
      [{ provider: 'telepathy' }, /no provider telepathy\. There are: script, command/],
      [{ folder: '/nowhere' }, /no folder \/nowhere/],
      [{ provider: 'script' }, /needs a script to play/],
      [{ provider: 'claude', script: 'a.yaml' }, /claude plays no script/],
    ];
    for (const [input, text] of cases) {
      const { message, next } = refusalOf(await start(input));
      assert.match(`${message} ${next}`, text);
    }
    assert.equal((await world.host.run('agent.list', {})).items.length, 0);
  });

  it('works in the project of its todo or sprint, and refuses what does not belong together', async () => {
    const sprint = await world.host.run('sprint.create', { project: world.project, title: 'One', goal: 'g' });
    const { name } = await world.host.run('agent.start', { role: 'coder', prompt: 'p', sprint: sprint.id });
    const agent = await world.agent(name);
    assert.deepEqual([agent.projectId, agent.sprintId], [world.project, sprint.id]);
    await world.host.run('project.create', { title: 'Other', slug: 'other' });
    const { person } = world.host;
    const mixed = { role: 'coder', prompt: 'p', sprint: sprint.id, project: 'other' };
    assert.match(
      refusalOf(await world.host.as(person, 'agent.start', mixed)).message,
      /do not belong together/,
    );
  });

  it('takes a script for the scripted provider, whatever the role says', async () => {
    const { provider } = await world.host.run('agent.start', {
      role: 'coder',
      prompt: 'p',
      script: 'a.yaml',
    });
    assert.equal(provider, 'script');
  });

  it('shares the session of the agent that starts it, or opens one below it for the background', async () => {
    const starter = await world.running();
    const caller = await world.caller(starter.name);
    const near = await world.host.as(caller, 'agent.start', { role: 'coder', prompt: 'p' });
    const far = await world.host.as(caller, 'agent.start', { role: 'coder', prompt: 'p', background: true });
    assert.ok(near.ok && far.ok);
    assert.equal((await world.agent(near.value.name)).sessionId, starter.sessionId);
    assert.equal((await world.agent(near.value.name)).projectId, world.project);
    const { sessionId } = await world.agent(far.value.name);
    const session = await world.host.tables((tables) => tables.session.find(sessionId));
    assert.deepEqual([session?.origin, session?.parentId], ['background', starter.sessionId]);
  });

  it('lets agents that only read start nobody, and no agent choose a folder or a script', async () => {
    const starter = await world.running();
    const reader = await world.caller(starter.name, 'read-only');
    assert.equal(
      refusalOf(await world.host.as(reader, 'agent.start', { role: 'coder', prompt: 'p' })).code,
      'forbidden',
    );
    const full = await world.caller(starter.name);
    // By a script an agent could run what the sandbox of its own CLI forbids.
    const script = { role: 'coder', prompt: 'p', provider: 'script', script: 'any.yaml' };
    assert.equal(refusalOf(await world.host.as(full, 'agent.start', script)).code, 'forbidden');
    const chosen = await world.host.as(full, 'agent.start', { role: 'coder', prompt: 'p', folder: '/' });
    assert.match(refusalOf(chosen).message, /may not choose a folder/);
  });

  it('gives every agent of the workspace a name of its own, also beyond the reach of who starts it', async () => {
    const names = ['brave-otter', 'brave-otter', 'brave-otter', 'calm-heron'];
    const host = await createTestHost({
      roles: [aRole()],
      surroundings: { names: { next: () => names.shift() ?? 'brave-otter' } },
    });
    const { name } = await host.run('agent.start', { role: 'coder', prompt: 'p' });
    const elsewhere = anAgentCaller({ sessionId: (await host.run('session.start', { title: 'Other' })).id });
    const other = await host.as(elsewhere, 'agent.start', { role: 'coder', prompt: 'p' });
    assert.ok(other.ok);
    assert.deepEqual([name, other.value.name], ['brave-otter', 'calm-heron']);
    const none = await host.as(host.person, 'agent.start', { role: 'coder', prompt: 'p' });
    assert.match(refusalOf(none).message, /No free name/);
    host.dispose();
  });
});
