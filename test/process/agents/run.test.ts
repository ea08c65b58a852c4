import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunWorld, reportDone } from './runWorld.ts';

describe('sloop run', function () {
  this.timeout(120_000);
  let world: RunWorld;
  beforeEach(async () => (world = await RunWorld.open()));
  afterEach(() => world.close());

  it('plays an agent from its claim to its recorded end, through bridge and CLI', async () => {
    const name = await world.start(`
steps:
  - say: Hello, {{agent}} as {{role}} here.
  - edit: { file: made.txt, write: "by {{agent}}" }
  - run: { command: [cat, made.txt], as: made }
  - say: "It says: {{made}}"
  - cli: { words: [report, Half way] }
  - usage: { inputTokens: 100, outputTokens: 20, costUsd: 0.5 }
  - ${reportDone}
  - say: Bye.
`);
    const { code, out, err } = await world.run(name).ended;
    assert.equal(code, 0, err);
    assert.match(out, /Hello, brave-otter-1 as coder here\./);
    const agent = await world.agent(name);
    assert.deepEqual(
      [agent.status, agent.reported, agent.result, agent.attention, agent.exitCode],
      ['idle', 'done', 'All done', null, 0],
    );
    assert.deepEqual([agent.inputTokens, agent.outputTokens, agent.costUsd], [100, 20, 0.5]);
    assert.ok(agent.providerSessionId);
    assert.deepEqual(await world.said(name), [
      'Hello, brave-otter-1 as coder here.',
      'It says: by brave-otter-1',
      'Bye.',
    ]);
    const shown = await world.gateway.host.run('agent.show', { agent: name });
    assert.deepEqual(shown.progress.map(({ text }) => text).sort(), ['All done', 'Half way']);
  });

  it('keeps the private folder to the user, and removes it at the end', async () => {
    const name = await world.start(
      `steps: [{ run: { command: [sh, -c, 'ls -ld "$SLOOP_STORE"/agents/*'], as: ls } }, { say: "{{ls}}" }]`,
    );
    await world.run(name).ended;
    assert.match((await world.said(name)).join(), /^drwx------/);
    assert.deepEqual(readdirSync(path.join(world.gateway.storeDir, 'agents')), []);
  });

  it('leaves time to say who closed its terminal: the person stops the agent, anything else is a crash', async () => {
    for (const person of [true, false]) {
      const name = await world.start('steps: [{ say: here }, { hold: never }]');
      const running = world.run(name);
      while (!(await world.said(name)).includes('here')) await sleep(20);
      running.signal('SIGHUP');
      if (person) await world.gateway.host.run('agent.stop', { agents: [name] });
      await running.ended;
      assert.equal((await world.agent(name)).status, person ? 'stopped' : 'crashed');
    }
  });

  it('tells the editor’s own program to be Node for the bridge and the CLI, and the agent’s process nothing', async () => {
    const shim = `readFileSync(process.env.PATH.split(':')[0] + '/sloop', 'utf8').includes("ELECTRON_RUN_AS_NODE='1'")`;
    const name = await world.startCommand(
      `const { readFileSync } = require('fs'); console.log(process.env.ELECTRON_RUN_AS_NODE ?? 'none', ${shim})`,
    );
    await world.run(name, { ELECTRON_RUN_AS_NODE: '1' }).ended;
    const log = await world.log(name);
    assert.ok(
      log.some(({ content }) => content === 'none true'),
      JSON.stringify(log),
    );
  });

  it('refuses to start an agent that was started already, and offers to resume', async () => {
    const name = await world.start('steps: [{ hold: go }]');
    const first = world.run(name);
    await world.until(name, ({ status }) => status === 'running');
    const second = await world.run(name).ended;
    assert.equal(second.code, 1);
    assert.match(second.err, /was started already.*\n.*sloop agent resume brave-otter-1/);
    world.release('go');
    assert.equal((await first.ended).code, 0);
  });

  it('takes an exit code of 0 without a report for no success', async () => {
    const name = await world.start('steps: [{ say: I did nothing }]');
    assert.equal((await world.run(name).ended).code, 0);
    const agent = await world.agent(name);
    assert.deepEqual(
      [agent.status, agent.reported, agent.attention],
      ['idle', null, 'It ended without a report.'],
    );
    assert.equal(agent.result, 'I did nothing');
  });

  it('passes the exit code through and calls it a crash', async () => {
    const name = await world.start('steps: [{ exit: 3 }]');
    assert.equal((await world.run(name).ended).code, 3);
    const agent = await world.agent(name);
    assert.deepEqual([agent.status, agent.exitCode, agent.exitSignal], ['crashed', 3, null]);
  });

  it('tells a killed agent from one that ended', async () => {
    const name = await world.start('steps: [{ say: before }, { crash: SIGKILL }]');
    assert.equal((await world.run(name).ended).code, 137);
    const agent = await world.agent(name);
    assert.deepEqual([agent.status, agent.exitCode, agent.exitSignal], ['crashed', null, 'SIGKILL']);
    assert.match(agent.attention ?? '', /SIGKILL/);
    assert.deepEqual(await world.said(name), ['before']);
  });

  it('hands a signal on to the agent, whose stop was asked for', async () => {
    const name = await world.start('steps: [{ say: here }, { hang: true }]');
    const running = world.run(name);
    await world.until(name, ({ observed }) => observed >= 2);
    await world.gateway.host.run('agent.stop', { agents: [name] });
    running.signal('SIGTERM');
    assert.equal((await running.ended).code, 143);
    const agent = await world.agent(name);
    assert.deepEqual(
      [agent.status, agent.exitSignal, agent.stopRequestedBy],
      ['stopped', 'SIGTERM', 'person'],
    );
  });

  it('ends an agent by itself when the answer to an observation asks for it', async () => {
    const name = await world.start('steps: [{ say: one }, { hold: go }, { say: two }, { hang: true }]');
    const running = world.run(name);
    await world.until(name, ({ observed }) => observed >= 2);
    await world.gateway.host.run('agent.stop', { agents: [name] });
    world.release('go');
    assert.equal((await running.ended).code, 143);
    assert.equal((await world.agent(name)).status, 'stopped');
  });

  it('asks and goes on with the answer; its silence meanwhile is a waiting', async () => {
    const name = await world.start(`
steps:
  - ask: { question: Which colour?, as: answer }
  - say: "It is {{answer}}"
  - ${reportDone}
`);
    const running = world.run(name);
    const asked = await world.until(name, ({ status }) => status === 'waiting_for_input');
    const [question] = await world.gateway.host.tables((tables) =>
      tables.message.all({ senderAgentId: asked.id }),
    );
    assert.ok(question);
    await world.gateway.host.run('message.answer', { message: question.id, body: 'Green' });
    const { code, out } = await running.ended;
    assert.equal(code, 0, out);
    assert.match((await world.said(name)).join(), /^It is .*Green/s);
    assert.equal((await world.agent(name)).status, 'idle');
  });

  it('says what keeps a script from being played', async () => {
    const name = await world.start('steps:\n  - say: a\n  - sai: b\n');
    assert.equal((await world.run(name).ended).code, 2);
    const agent = await world.agent(name);
    assert.equal(agent.status, 'crashed');
    assert.match(agent.attention ?? '', /script\.yaml:3 steps\.1\.sai is no field here/);
  });

  it('gives an interactive agent the terminal itself', async function () {
    if (spawnSync('script', ['--version']).status !== 0) return this.skip();
    const name = await world.start(
      `steps: [{ run: { command: [node, -e, 'process.exit(0)'] } }, { say: hi }, ${reportDone}]`,
      'interactive',
    );
    const { code, out } = await world.runInTerminal(name).ended;
    assert.equal(code, 0, out);
    // The very stream of the agent, unread: the terminal is its own.
    assert.match(out, /\{"type":"say","text":"hi"\}/);
    const agent = await world.agent(name);
    assert.deepEqual([agent.form, agent.status, agent.reported], ['interactive', 'idle', 'done']);
    assert.ok(agent.providerSessionId);
    assert.deepEqual(await world.said(name), []);
  });

  it('passes the exit code of an interactive agent through', async function () {
    if (spawnSync('script', ['--version']).status !== 0) return this.skip();
    const name = await world.start('steps: [{ exit: 5 }]', 'interactive');
    assert.equal((await world.runInTerminal(name).ended).code, 5);
    assert.equal((await world.agent(name)).status, 'crashed');
  });

  it('does not start an interactive agent where there is no terminal', async () => {
    const name = await world.start('steps: [{ say: hi }]', 'interactive');
    const { code, err } = await world.run(name).ended;
    assert.equal(code, 1);
    assert.match(err, /needs a terminal/);
    assert.equal((await world.agent(name)).status, 'starting');
  });

  it('resumes the very session, with a new token and a second start', async () => {
    const name = await world.start(`
parts:
  - when: { start: 1 }
    steps: [{ usage: { inputTokens: 1 } }, { exit: 3 }]
  - when: { start: 2 }
    steps: [{ usage: { inputTokens: 2 } }, ${reportDone}]
`);
    await world.run(name).ended;
    const before = await world.agent(name);
    await world.gateway.host.run('agent.resume', { agent: name });
    assert.equal((await world.run(name).ended).code, 0);
    const after = await world.agent(name);
    assert.deepEqual(
      [after.sessionNumber, after.providerSessionId, after.status, after.inputTokens],
      [2, before.providerSessionId, 'idle', 3],
    );
  });

  it('refuses an unknown agent', async () => {
    const { code, err } = await world.run('calm-heron').ended;
    assert.equal(code, 1);
    assert.match(err, /There is no agent calm-heron here/);
  });
});
