import assert from 'node:assert/strict';
import { instantOf, millisecondsOf } from '../../../../src/base/clock.ts';
import type { Account } from '../../../../src/domain/account/account.ts';
import { refusalOf } from '../../../support/testHost.ts';
import { AgentWorld } from '../agent/agentWorld.ts';

describe('an exhausted account', () => {
  let world: AgentWorld;
  beforeEach(async () => (world = await AgentWorld.open()));
  afterEach(() => world.close());

  const minutes = (count: number): string =>
    instantOf(millisecondsOf(world.host.clock.now()) + count * 60_000);
  const add = (label: string, provider = 'claude') =>
    world.host.run('account.add', {
      provider,
      label,
      variables: [provider === 'claude' ? 'ANTHROPIC_API_KEY' : 'CODEX_API_KEY'],
    });
  const accounts = async (): Promise<readonly Account[]> => (await world.host.run('account.list', {})).items;
  const labelOf = async (name: string): Promise<string | undefined> => {
    const { accountId } = await world.agent(name);
    return (await accounts()).find(({ id }) => id === accountId)?.label;
  };
  /** Starts an agent for the first time, and claims it. */
  async function start(fields: Record<string, unknown> = {}): Promise<string> {
    const agent = await world.running({ prompt: 'Do it.', provider: 'claude', ...fields } as never);
    await world.host.tables((tables) => tables.agent.update({ ...agent, attempt: 1 }));
    return agent.name;
  }
  /** As `sloop run` reports it: the failure first, then the end. */
  async function giveOut(name: string, until?: string, failure = 'quota') {
    const { sessionNumber } = await world.agent(name);
    const seen = {
      kind: 'failed',
      reason: 'Limit reached',
      failure,
      ...(until === undefined ? {} : { until }),
    };
    await world.observe(
      name,
      [
        { number: 1, seen: { kind: 'session', providerSessionId: `s-${name}` } },
        { number: 2, seen },
      ],
      sessionNumber,
    );
    await world.exit(name, { exitCode: 1, failure });
  }
  const ready = async () => {
    const result = await world.system('launch.ready', {});
    assert.ok(result.ok);
    return result.value as {
      launches: { name: string }[];
      waiting: { attention: string }[];
      until: string | null;
    };
  };

  it('takes turns with the others: each start takes the one that was used longest ago', async () => {
    await add('a');
    await add('b');
    const used: unknown[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      used.push(await labelOf(await start()));
      world.host.clock.step(1000);
    }
    assert.deepEqual(used, ['a', 'b', 'a']);
  });

  it('is left for the next one in the very session, at once, and it costs no attempt', async () => {
    await add('a');
    await add('b');
    const todo = await world.todo('T');
    const name = await start({ todo });
    await giveOut(name, minutes(90));
    const after = await world.agent(name);
    assert.deepEqual([after.status, after.sessionNumber, after.attempt], ['starting', 2, 1]);
    assert.equal((await world.showTodo(todo)).assignee, name);
    const claimed = await world.claim(name, 101);
    assert.ok(claimed.ok);
    const launch = claimed.value as { resume: string | null; agent: { accountId: string } };
    assert.deepEqual([launch.resume, await labelOf(name)], [`s-${name}`, 'b']);
    const [a, b] = await accounts();
    assert.deepEqual(
      [a?.isExhausted, a?.exhaustedUntil, a?.exhaustedReason],
      [true, minutes(90), 'Limit reached'],
    );
    assert.equal(b?.isExhausted, false);
  });

  it('is waited for when it was the last: the start waits, says why, and goes on at that time', async () => {
    await add('a');
    const name = await start();
    await giveOut(name, minutes(90));
    const waits = await ready();
    assert.deepEqual([waits.launches, waits.until], [[], minutes(90)]);
    assert.match(
      waits.waiting[0]?.attention ?? '',
      /^All accounts of claude are exhausted until 2026-01-05 13:30 UTC/,
    );
    assert.equal(refusalOf((await world.claim(name, 101)) as never).code, 'unavailable');
    world.host.clock.step(90 * 60_000);
    assert.deepEqual(
      (await ready()).launches.map((launch) => launch.name),
      [name],
    );
    assert.ok((await world.claim(name, 101)).ok);
    assert.equal((await world.agent(name)).attention, null);
  });

  it('holds back what was started but not claimed: its launch is not withdrawn', async () => {
    await add('a');
    const first = await start();
    const { name } = await world.host.run('agent.start', {
      role: 'coder',
      prompt: 'x',
      provider: 'claude',
      project: world.project,
    });
    await giveOut(first, minutes(90));
    const launch = await world.host.tables((tables) => tables.launch.all({ state: 'ready' })[0]);
    const withdrawn = await world.system('launch.withdraw', { launch: launch?.id });
    assert.deepEqual(withdrawn, { ok: true, value: { withdrawn: false } });
    assert.equal((await world.agent(name)).status, 'starting');
  });

  it('of the user’s own login becomes an account, so that all wait for it alike; an hour where no time is named', async () => {
    const name = await start();
    assert.equal((await world.agent(name)).accountId, null);
    await giveOut(name);
    const [own] = await accounts();
    assert.deepEqual([own?.label, own?.variables, own?.exhaustedUntil], ['own login', [], minutes(60)]);
    assert.match(own?.exhaustedReason ?? '', /no time was named/);
    assert.equal((await ready()).until, minutes(60));
  });

  it('is not tried again before a minute has gone, whatever time was named', async () => {
    await add('a');
    await giveOut(await start(), minutes(-5));
    assert.equal((await accounts())[0]?.exhaustedUntil, minutes(1));
  });

  it('whose session another account cannot go on with starts over with the next, told so', async () => {
    await add('a', 'codex');
    await add('b', 'codex');
    const name = await start({ provider: 'codex', prompt: 'Build the shed.' });
    await giveOut(name, minutes(90));
    const claimed = await world.claim(name, 101);
    assert.ok(claimed.ok);
    const launch = claimed.value as { resume: string | null; prompt: string };
    assert.equal(launch.resume, null);
    assert.match(launch.prompt, /Build the shed\.[^]*account of the session before this one gave out/);
    assert.equal(await labelOf(name), 'b');
  });

  it('is not gone on with for ever: as often as there are accounts within an hour, and once more', async () => {
    await add('a');
    const name = await start();
    await giveOut(name, minutes(2));
    world.host.clock.step(2 * 60_000);
    assert.ok((await world.claim(name, 101)).ok);
    await giveOut(name, minutes(2));
    const after = await world.agent(name);
    assert.equal(after.attempt, 2, 'an end like any other');
  });

  it('whose login is refused waits for a person, and the next one is used', async () => {
    await add('a');
    await add('b');
    const name = await start();
    await giveOut(name, undefined, 'auth');
    const [a] = await accounts();
    assert.deepEqual(
      [a?.isExhausted, a?.exhaustedUntil, a?.exhaustedReason],
      [true, null, 'Log in again: Limit reached'],
    );
    assert.ok((await world.claim(name, 101)).ok);
    assert.equal(await labelOf(name), 'b');
  });

  it('whose login is refused keeps what needs it waiting until somebody resets it', async () => {
    const { id } = await add('a');
    const name = await start();
    await giveOut(name, undefined, 'auth');
    const waits = await ready();
    assert.deepEqual([waits.launches, waits.until], [[], null]);
    assert.match(
      waits.waiting[0]?.attention ?? '',
      /^No account of claude can be used until somebody logs in again/,
    );
    await world.host.run('account.reset', { account: id });
    assert.deepEqual(
      (await ready()).launches.map((launch) => launch.name),
      [name],
    );
  });

  it('is told to the person where they sit in front of the agent', async () => {
    await add('a');
    await add('b');
    const { name } = await world.host.run('agent.start', {
      role: 'coder',
      prompt: 'x',
      provider: 'claude',
      form: 'interactive',
      project: world.project,
    });
    assert.ok((await world.claim(name, 100, true)).ok);
    await giveOut(name, minutes(90));
    const after = await world.agent(name);
    assert.equal(after.status, 'crashed');
    assert.match(
      after.attention ?? '',
      /The account a of claude is exhausted until 2026-01-05 13:30 UTC: Limit reached/,
    );
    await world.host.run('agent.resume', { agent: name });
    assert.ok((await world.claim(name, 101, true)).ok);
    assert.equal(await labelOf(name), 'b');
  });

  it('changes nothing for one that had handed its work in, or was asked to stop', async () => {
    await add('a');
    const stopped = await start();
    await world.host.run('agent.stop', { agents: [stopped] });
    await giveOut(stopped, minutes(90));
    assert.equal((await world.agent(stopped)).status, 'stopped');
  });
});
