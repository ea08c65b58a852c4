import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { createSpool } from '../../../src/engine/spool.ts';
import { isSameProcess } from '../../../src/engine/processIdentity.ts';
import { RunWorld } from './runWorld.ts';

const reportDone = '{ mcp: { operation: report, input: { status: done, summary: All done } } }';

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

describe('sloop run with any command line', function () {
  this.timeout(120_000);
  let world: RunWorld;
  beforeEach(async () => (world = await RunWorld.open()));
  afterEach(() => world.close());

  it('hands the prompt over, reads lines, and lets it report by the command on its PATH', async () => {
    const name = await world.startCommand(`
      const { execFileSync } = require('node:child_process');
      console.log('Prompt of ' + process.argv[1].length + ' characters');
      console.log(execFileSync('sloop', ['report', '--status', 'done', '--summary', 'By CLI'], { encoding: 'utf8' }));
    `);
    const { code, out, err } = await world.run(name).ended;
    assert.equal(code, 0, out + err);
    const agent = await world.agent(name);
    assert.deepEqual([agent.status, agent.reported, agent.result], ['idle', 'done', 'By CLI']);
    assert.match((await world.said(name))[0] ?? '', /^Prompt of \d{3,} characters$/);
  });

  it('keeps the token off every command line', async function () {
    if (process.platform !== 'linux') return this.skip();
    const name = await world.startCommand(`
      const { readFileSync } = require('node:fs');
      const line = (pid) => readFileSync('/proc/' + pid + '/cmdline', 'utf8');
      const all = line('self') + line(process.ppid);
      console.log(process.env.SLOOP_TOKEN.length > 5 && !all.includes(process.env.SLOOP_TOKEN));
    `);
    await world.run(name).ended;
    assert.deepEqual(await world.said(name), ['true']);
  });

  it('kills what does not end when it is asked to', async () => {
    const name = await world.startCommand(`
      process.on('SIGTERM', () => console.log('no'));
      console.log('here');
      setInterval(() => undefined, 1000);
    `);
    const running = world.run(name);
    await world.until(name, ({ observed }) => observed >= 1);
    running.signal('SIGTERM');
    assert.equal((await running.ended).code, 137);
    assert.deepEqual(await world.said(name), ['here', 'no']);
    assert.equal((await world.agent(name)).exitSignal, 'SIGKILL');
  });

  it('says on the agent why its program cannot be started', async () => {
    const name = await world.startCommand('', 'no-such-program');
    const { code } = await world.run(name).ended;
    assert.equal(code, 1);
    const agent = await world.agent(name);
    assert.equal(agent.status, 'crashed');
    assert.match(agent.attention ?? '', /no `no-such-program` on the PATH/);
  });

  it('keeps every line of a flood, in order', async () => {
    const count = 20_000;
    const name = await world.startCommand(`for (let n = 0; n < ${count}; n += 1) console.log('line ' + n);`);
    const { code, err } = await world.run(name).ended;
    assert.equal(code, 0, err);
    const { id } = await world.agent(name);
    const chunks = world.gateway.host.logs.list({ agentId: id }, { limit: count + 10, newestFirst: false });
    const said = chunks.items.filter(({ kind }) => kind === 'said').map(({ content }) => content);
    assert.equal(said.length, count);
    assert.ok(said.every((content, index) => content === `line ${index}`));
  });
});

describe('sloop run without a host', function () {
  this.timeout(120_000);
  let world: RunWorld;
  beforeEach(async () => (world = await RunWorld.open()));
  afterEach(() => world.close());

  it('waits for one at its start, and claims when it is there', async () => {
    const name = await world.start(`steps: [${reportDone}]`);
    await world.gateway.gateway.close();
    const running = world.run(name);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await world.gateway.restart();
    assert.equal((await running.ended).code, 0);
    assert.equal((await world.agent(name)).reported, 'done');
  });

  it('gives up with exit code 69 when none comes', async () => {
    const name = await world.start(`steps: [${reportDone}]`);
    await world.gateway.gateway.close();
    const { code, err } = await world.run(name).ended;
    assert.equal(code, 69);
    assert.match(err, /sloop serve/);
    await world.gateway.restart();
    assert.equal((await world.agent(name)).status, 'starting');
  });

  it('lets the agent go on while the host is away, and tells all of it once when it is back', async () => {
    const name = await world.start(`
steps:
  - say: before
  - hold: away
  - say: while away
  - edit: { file: there.txt, write: x }
  - hold: back
  - say: after
  - ${reportDone}
`);
    const running = world.run(name);
    await world.until(name, ({ observed }) => observed >= 2);
    await world.gateway.gateway.close();
    world.release('away');
    const spool = path.join(world.gateway.storeDir, 'spool', `${(await world.agent(name)).id}-1.jsonl`);
    const deadline = Date.now() + 20_000;
    while (!existsSync(spool) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(existsSync(spool), 'nothing was spooled');
    assert.match(readFileSync(spool, 'utf8'), /while away/);
    await world.gateway.restart();
    await world.until(name, ({ observed }) => observed >= 4);
    world.release('back');
    const { code, out } = await running.ended;
    assert.equal(code, 0, out);
    assert.match(out, /host is away[^]*host is back/);
    assert.deepEqual(await world.said(name), ['before', 'while away', 'after']);
    assert.equal((await world.agent(name)).reported, 'done');
    assert.ok(!existsSync(spool), 'the spool was delivered and is still there');
  });

  it('leaves what it could not deliver to the next host', async () => {
    const name = await world.start('steps: [{ say: before }, { hold: go }, { say: last words }]');
    const running = world.run(name);
    await world.until(name, ({ observed }) => observed >= 2);
    await world.gateway.gateway.close();
    world.release('go');
    const { code, out } = await running.ended;
    assert.equal(code, 0);
    assert.match(out, /the next one reads what is left/);
    await world.gateway.restart();
    const { id, status } = await world.agent(name);
    assert.equal(status, 'running');
    const client = world.gateway.host.executor.clientFor({ kind: 'system', name: 'runner' }, 'runner');
    const spool = createSpool(path.join(world.gateway.storeDir, 'spool'), client, silentLogger);
    assert.deepEqual(await spool.waiting(), [{ agent: id, sessionNumber: 1 }]);
    await spool.drain({ agent: id, sessionNumber: 1 });
    assert.deepEqual(await world.said(name), ['before', 'last words']);
    assert.equal((await world.agent(name)).status, 'idle');
    assert.deepEqual(await spool.waiting(), []);
  });

  it('ends its agent when another start took its place meanwhile', async () => {
    const name = await world.start('steps: [{ say: before }, { hold: go }, { say: again }, { hang: true }]');
    const running = world.run(name);
    const { pid, pidStartedAt } = await world.until(name, ({ observed }) => observed >= 2);
    assert.ok(pid !== null && (await isSameProcess(pid, pidStartedAt)));
    // A host that took it for dead, and a person who resumed it.
    const { id } = await world.agent(name);
    await world.gateway.host.as({ kind: 'system', name: 'engine' }, 'agent.exited', {
      agent: id,
      sessionNumber: 1,
      exitCode: null,
      exitSignal: null,
      reason: 'Its process is gone.',
    });
    await world.gateway.host.run('agent.resume', { agent: name });
    world.release('go');
    assert.equal((await running.ended).code, 143);
    assert.equal((await world.agent(name)).status, 'starting', 'the later start is untouched');
  });
});
