import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Agent } from '../../../src/domain/agent/agent.ts';
import { runSloop } from '../../support/cliBundle.ts';
import { LoopWorld } from '../loop/loopWorld.ts';

const keys = { a: 'key-of-the-first-account', b: 'key-of-the-second-account' };
const done = { mcp: { operation: 'report', input: { status: 'done', summary: 'All done' } } };
const spent = { fail: { failure: 'quota', reason: 'Your limit is reached', inSeconds: 3600 } };
/** Keeps what the agent was given where the test can read it. */
const keep = (file: string): object => ({
  run: { command: ['sh', '-c', `printf %s "$SCRIPT_API_KEY|$SCRIPT_CONFIG_DIR" > '${file}'`] },
});

describe('accounts of real processes', function () {
  this.timeout(180_000);
  let world: LoopWorld;
  beforeEach(async () => {
    world = new LoopWorld();
    mkdirSync(path.join(world.folder, 'seen'));
    world.role('coder', '');
    await world.startHost();
  });
  afterEach(() => world.close());

  const data = (): string => path.join(world.folder, 'data');
  const seen = (name: string): string => path.join(world.folder, 'seen', name);
  const read = (name: string): string => readFileSync(seen(name), 'utf8');

  const sloop = (words: readonly string[], input = '') =>
    runSloop(words, { cwd: world.workspace, input, env: { SLOOP_DATA: data(), SLOOP_STORE: world.store } });

  async function add(label: keyof typeof keys): Promise<void> {
    const { code, err } = await sloop(['account', 'add', 'script', '--label', label], `${keys[label]}\n`);
    assert.equal(code, 0, err);
  }

  /** Starts a scripted agent whose nth start plays the nth list of steps. */
  async function start(...starts: readonly (readonly object[])[]): Promise<string> {
    const parts = starts.map((steps, index) => ({ when: { start: index + 1 }, steps }));
    writeFileSync(path.join(world.workspace, 'script.yaml'), JSON.stringify({ parts }));
    const { name } = await world.run('agent.start', {
      role: 'coder',
      prompt: 'Do it.',
      script: 'script.yaml',
    });
    return name;
  }

  const show = (name: string) => world.run('agent.show', { agent: name });
  async function until(name: string, holds: (agent: Agent) => boolean, what: string): Promise<Agent> {
    await world.until(async () => holds(await show(name)), what);
    return show(name);
  }

  const waits = ({ attention }: Agent): boolean =>
    /^All accounts of script are exhausted until/.test(attention ?? '');

  /** Every file below a folder that has the text in it. */
  const filesWith = (folder: string, text: string): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((file) => statSync(file).isFile() && readFileSync(file).includes(text));

  /** Processes of this machine in whose command line, or environment, the text stands. */
  const processesWith = (text: string, where: 'cmdline' | 'environ'): readonly string[] =>
    readdirSync('/proc').filter((pid) => {
      if (!/^\d+$/.test(pid)) return false;
      try {
        return readFileSync(`/proc/${pid}/${where}`).includes(text);
      } catch {
        // Ended meanwhile, or another user's.
        return false;
      }
    });

  it('give out, and the agent goes on in its session with the next one, by itself', async () => {
    await add('a');
    await add('b');
    const name = await start(
      [keep(seen('1')), world.hold('first'), spent],
      [
        keep(seen('2')),
        { run: { command: ['sh', '-c', 'echo "<$SCRIPT_API_KEY>"'], as: 'key' } },
        { say: 'Mine is {{key}}' },
        done,
      ],
    );
    await world.until(() => existsSync(seen('1')), 'the first start runs');
    const { pid } = await show(name);
    assert.deepEqual(processesWith(keys.a, 'cmdline'), []);
    assert.ok(processesWith(keys.a, 'environ').length > 0);
    assert.ok(!processesWith(keys.a, 'environ').includes(String(pid)), 'not in the environment of sloop run');
    const before = (await show(name)).providerSessionId;
    world.letGo('first');
    const agent = await until(
      name,
      ({ status, sessionNumber }) => status === 'idle' && sessionNumber === 2,
      'done',
    );
    assert.deepEqual([agent.reported, agent.result, agent.attention], ['done', 'All done', null]);
    assert.equal(agent.providerSessionId, before);
    assert.deepEqual([read('1'), read('2')], [`${keys.a}|`, `${keys.b}|`]);
    const { items } = await world.run('account.list', {});
    assert.deepEqual(
      items.map(({ label, isExhausted }) => [label, isExhausted]),
      [
        ['a', true],
        ['b', false],
      ],
    );
    assert.match(items[0]?.exhaustedReason ?? '', /^Your limit is reached/);
    const log = await world.run('agent.log', { agent: name, limit: 500 });
    assert.ok(
      log.items.some(({ content }) => content.includes('Mine is <•••>')),
      JSON.stringify(log.items),
    );
  });

  it('leave nothing of a credential in the store, the logs or the trail, and no private folder', async () => {
    await add('a');
    const name = await start([
      { run: { command: ['sh', '-c', 'env; env >&2'], as: 'env' } },
      { say: '{{env}}' },
      done,
    ]);
    await until(name, ({ status }) => status === 'idle', 'done');
    await world.until(() => readdirSync(path.join(world.store, 'agents')).length === 0, 'no private folder');
    assert.deepEqual(filesWith(world.store, keys.a), []);
    const held = filesWith(data(), keys.a);
    assert.equal(held.length, 1);
    assert.equal(statSync(held[0] ?? '').mode & 0o777, 0o600);
    assert.equal(statSync(path.dirname(held[0] ?? '')).mode & 0o777, 0o700);
  });

  it('are waited for when all have given out, and the agent goes on when one is there again', async () => {
    await add('a');
    const name = await start([spent], [done]);
    await until(name, waits, 'it waits');
    const waiting = await show(name);
    assert.deepEqual([waiting.status, waiting.sessionNumber], ['starting', 2]);
    const inbox = await world.run('message.inbox', { kind: ['agent'] });
    assert.deepEqual(
      inbox.items.map(({ from }) => from),
      [name],
    );
    const { items } = await world.run('account.list', {});
    await world.run('account.reset', { account: items[0]?.id as never });
    const agent = await until(name, ({ status }) => status === 'idle', 'done');
    assert.deepEqual([agent.reported, agent.attention], ['done', null]);
  });

  it('outlive the host: an agent that waits for one goes on under the next host', async () => {
    await add('a');
    const name = await start([spent], [done]);
    await until(name, waits, 'it waits');
    await world.killHost();
    await world.startHost();
    const { items } = await world.run('account.list', {});
    assert.equal((await show(name)).status, 'starting');
    await world.run('account.reset', { account: items[0]?.id as never });
    await until(name, ({ reported }) => reported === 'done', 'done');
  });

  it('of the kind folder are a private folder, which goes with the account', async () => {
    const added = await sloop(['account', 'add', 'script', '--label', 'team', '--kind', 'folder']);
    assert.equal(added.code, 0, added.err);
    const [, folder = ''] = /SCRIPT_CONFIG_DIR='([^']+)' script/.exec(added.out) ?? [];
    const name = await start([keep(seen('1')), done]);
    await until(name, ({ status }) => status === 'idle', 'done');
    assert.equal(read('1'), `|${folder}`);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    const { items } = await world.run('account.list', {});
    const removed = await sloop(['account', 'remove', String(items[0]?.id)]);
    assert.equal(removed.code, 0, removed.err);
    await world.until(() => !existsSync(folder), 'the folder is gone');
  });

  it('take their credentials along when they are removed', async () => {
    await add('a');
    assert.equal(readdirSync(path.join(data(), 'secrets')).length, 1);
    const { items } = await world.run('account.list', {});
    await world.run('account.remove', { account: items[0]?.id as never });
    await world.until(() => readdirSync(path.join(data(), 'secrets')).length === 0, 'the secret is gone');
  });

  it('that are refused leave no credential behind', async () => {
    const { code, err } = await sloop(
      ['account', 'add', 'script', '--label', 'x', '--variable', 'NOBODYS_KEY'],
      'a-secret-of-nobody\n',
    );
    assert.equal(code, 1);
    assert.match(err, /takes no credential NOBODYS_KEY[^]*SCRIPT_API_KEY/);
    assert.deepEqual(filesWith(data(), 'a-secret-of-nobody'), []);
  });

  it('without their credential keep the agent from starting, and say what is missing', async () => {
    await add('a');
    const [secret = ''] = readdirSync(path.join(data(), 'secrets'));
    rmSync(path.join(data(), 'secrets', secret));
    const name = await start([done]);
    const agent = await until(name, ({ status }) => status === 'crashed', 'not started');
    assert.equal(agent.startRefused, true);
    assert.match(agent.attention ?? '', /credential SCRIPT_API_KEY of the account a of script is not here/);
  });

  it('cost a loop’s stage no attempt', async () => {
    await add('a');
    await add('b');
    const finish = (verdict?: string): object => ({
      finish: { summary: 'ok', ...(verdict === undefined ? {} : { verdict }) },
    });
    world.script([
      { role: 'plan', steps: [finish()] },
      {
        role: 'coder',
        steps: [
          { run: { command: ['sh', '-c', `test "$SLOOP_START" = 2`], as: 'again', expect: 'any' } },
          { if: { failed: 'again' }, ...spent },
          finish(),
        ],
      },
      { role: 'reviewer', steps: [finish('approved')] },
    ]);
    for (const role of ['plan', 'reviewer']) world.role(role, '');
    await world.start();
    const loop = await world.untilLoop(({ status }) => status !== 'running', 'the loop has ended');
    assert.equal(loop.status, 'completed', loop.failure ?? loop.blockReason ?? '');
    const attempts = loop.rounds[0]?.stages.map((stage) => stage.attempts.map(({ outcome }) => outcome));
    assert.deepEqual(attempts, [['finished'], ['finished'], ['finished']]);
  });
});
