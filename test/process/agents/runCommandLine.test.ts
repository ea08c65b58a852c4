import assert from 'node:assert/strict';
import { RunWorld } from './runWorld.ts';

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
