import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { silentLogger } from '../../../src/base/logger.ts';
import type { Agent } from '../../../src/domain/agent/agent.ts';
import { createEngine, type Engine } from '../../../src/engine/createEngine.ts';
import type { Spool, SpooledSession } from '../../../src/engine/spool.ts';
import type { Client } from '../../../src/operations/client.ts';
import { callerOf } from '../../support/anAgent.ts';
import { LoopDriver } from '../../support/loopDriver.ts';
import { ManualTimers } from '../../support/manualTimers.ts';
import { PretendedProcesses, PretendedRunner } from '../../support/pretendedProcesses.ts';

const minute = 60_000;

class PretendedSpool implements Spool {
  readonly drained: string[] = [];
  left: readonly SpooledSession[] = [];
  onDrain: (session: SpooledSession) => Promise<void> = () => Promise.resolve();
  waiting() {
    return Promise.resolve(this.left);
  }
  async drain(session: SpooledSession) {
    this.drained.push(`${session.agent}-${session.sessionNumber}`);
    await this.onDrain(session);
  }
}

let driver: LoopDriver;
let runner: PretendedRunner;
let processes: PretendedProcesses;
let spool: PretendedSpool;
let timers: ManualTimers;
let engine: Engine;
let runnerClient: Client;

function startEngine(): Engine {
  return createEngine({
    client: driver.host.executor.clientFor({ kind: 'system', name: 'engine' }, 'engine'),
    clock: driver.host.clock,
    logger: silentLogger,
    storeDir: '/store',
    runner,
    processes,
    spool,
    timers,
    windows: new Set(),
    git: {
      environment: {},
      folders: { worktrees: '/no/worktrees', repositories: '/no/repositories' },
      commit: true,
    },
  });
}

/** Waits until the condition holds; what the engine does takes a few turns of the event loop, never time. */
async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 2000; turn += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.fail(`never: ${what}`);
}

async function claim(pid: number): Promise<Agent> {
  const agent = await driver.mustLive();
  processes.alive.set(pid, `at ${pid}`);
  const claimed = await runnerClient.execute('launch.claim', {
    agent: agent.name,
    pid,
    pidStartedAt: `at ${pid}`,
  });
  assert.ok(claimed.ok, JSON.stringify(claimed));
  return driver.mustLive();
}

const look = () => timers.fire();

describe('the engine', () => {
  beforeEach(async () => {
    driver = await LoopDriver.create();
    runner = new PretendedRunner();
    processes = new PretendedProcesses();
    spool = new PretendedSpool();
    timers = new ManualTimers();
    engine = startEngine();
    runnerClient = driver.host.executor.clientFor({ kind: 'system', name: 'runner' }, 'runner');
  });
  afterEach(async () => {
    await engine.stop();
    driver.dispose();
  });

  it('starts a process for each committed launch, once', async () => {
    await driver.start();
    await until(() => runner.started.length > 0, 'a start');
    await engine.reconcile();
    await engine.reconcile();
    assert.deepEqual(
      runner.started.map(({ name }) => name),
      ['brave-otter-1'],
    );
  });

  it('runs a whole loop from exits and reports', async () => {
    await driver.start();
    for (const [index, verdict] of [undefined, undefined, 'approved' as const].entries()) {
      await until(() => runner.started.length === index + 1, `start ${index}`);
      const agent = await claim(100 + index);
      assert.ok((await driver.report(agent, { verdict })).ok);
      const { id, sessionNumber } = agent;
      await runnerClient.execute('agent.exited', {
        agent: id,
        sessionNumber,
        exitCode: 0,
        exitSignal: null,
      });
      runner.end(index);
    }
    await until(async () => (await driver.rows()).loop.status === 'completed', 'an end');
    assert.equal((await driver.rows()).loop.outcome, 'approved');
  });

  it('says for a process that ended before it claimed its launch that it crashed, with its last words', async () => {
    await driver.start();
    await until(() => runner.started.length === 1, 'a start');
    runner.end(0, { exitCode: 70, lastWords: 'no provider' });
    await until(() => runner.started.length === 2, 'a second attempt');
    const { attempts, agents } = await driver.rows();
    assert.equal(attempts[0]?.outcome, 'crashed');
    assert.match(
      agents.find(({ status }) => status === 'crashed')?.attention ?? '',
      /exit code 70.*no provider/,
    );
  });

  it('notes an agent whose process is gone, after taking in what it left', async () => {
    await driver.start();
    const agent = await claim(100);
    await until(() => timers.pauses.length > 0, 'the next look');
    processes.alive.clear();
    spool.onDrain = async () => {
      await driver.report(agent);
    };
    look();
    await until(async () => (await driver.rows()).attempts.length === 2, 'the next attempt');
    assert.deepEqual(spool.drained, [`${agent.id}-1`]);
    // What stood in the spool was its report, so the stage is finished, not crashed.
    assert.equal((await driver.rows()).attempts[0]?.outcome, 'finished');
  });

  it('does not take a stranger with the same pid for the agent', async () => {
    await driver.start();
    await claim(100);
    processes.alive.set(100, 'another time');
    look();
    await until(async () => (await driver.rows()).attempts.length === 2, 'the next attempt');
    assert.deepEqual(processes.signals, []);
  });

  it('asks an agent to end, then kills it', async () => {
    await driver.start();
    const agent = await claim(100);
    await driver.host.run('agent.stop', { agents: [agent.name] });
    await until(() => processes.signals.length === 1, 'a signal');
    driver.host.clock.step(14_000);
    look();
    await until(() => timers.pauses.length > 0, 'the next look');
    assert.deepEqual(processes.signals, ['SIGTERM 100']);
    driver.host.clock.step(2_000);
    look();
    await until(() => processes.signals.length === 2, 'a second signal');
    assert.deepEqual(processes.signals, ['SIGTERM 100', 'SIGKILL 100']);
  });

  it('flags an agent that is silent, once, and ends it at its time limit', async () => {
    await driver.start();
    await claim(100);
    await until(() => timers.pauses.length > 0, 'the next look');
    driver.host.clock.step(11 * minute);
    look();
    await until(async () => (await driver.mustLive()).attention !== null, 'a flag');
    assert.match((await driver.mustLive()).attention ?? '', /No sign of life for 10 minutes/);
    await until(() => timers.pauses.length > 0, 'the next look');
    driver.host.clock.step(50 * minute);
    look();
    await until(() => processes.signals.length === 1, 'a signal');
    assert.equal((await driver.mustLive()).stopRequestedBy, 'engine');
    processes.alive.clear();
    await until(() => timers.pauses.length > 0, 'the next look');
    look();
    await until(async () => (await driver.rows()).attempts[0]?.outcome != null, 'an outcome');
    assert.equal((await driver.rows()).attempts[0]?.outcome, 'timed_out');
  });

  it('does not take an agent that waits at its prompt for silent, nor ends what a person sits in front of', async () => {
    await driver.start();
    await until(() => runner.started.length > 0, 'a start');
    const agent = await claim(70);
    await driver.host.tables((tables) => {
      const row = tables.agent.find(agent.id);
      assert.ok(row);
      tables.agent.update({ ...row, form: 'interactive' });
    });
    const hook = async (sign: 'turnEnded' | 'turnBegan') =>
      driver.host.as(callerOf(await driver.mustLive()), 'agent.hook', { sign });
    const lookAround = async () => {
      await until(() => timers.pauses.length > 0, 'the next look');
      look();
      await until(() => timers.pauses.length > 0, 'the end of the look');
    };
    assert.ok((await hook('turnEnded')).ok);
    const waiting = await driver.mustLive();
    driver.host.clock.step(11 * minute);
    await lookAround();
    assert.equal((await driver.mustLive()).attention, waiting.attention);
    assert.ok((await hook('turnBegan')).ok);
    assert.equal((await driver.mustLive()).attention, null);
    driver.host.clock.step(11 * minute);
    await lookAround();
    assert.match((await driver.mustLive()).attention ?? '', /No sign of life for 10 minutes/);
    assert.ok((await hook('turnBegan')).ok, 'a hook is a sign of life');
    assert.equal((await driver.mustLive()).attention, null);
    driver.host.clock.step(600 * minute);
    await lookAround();
    assert.match((await driver.mustLive()).attention ?? '', /No sign of life/);
    assert.equal((await driver.mustLive()).stopRequestedBy, null);
    assert.deepEqual(processes.signals, []);
  });

  it('ends an agent that lingers after its report, which stays a report', async () => {
    await driver.start();
    const agent = await claim(100);
    await driver.report(agent);
    await until(() => timers.pauses.length > 0, 'the next look');
    driver.host.clock.step(29_000);
    look();
    await until(() => timers.pauses.length > 0, 'the next look');
    assert.deepEqual(processes.signals, []);
    driver.host.clock.step(2000);
    look();
    await until(() => processes.signals.length === 1, 'a signal');
    processes.alive.clear();
    await until(() => timers.pauses.length > 0, 'the next look');
    look();
    await until(async () => (await driver.rows()).attempts.length === 2, 'the next stage');
    assert.equal(
      (await driver.rows()).attempts.find(({ agentId }) => agentId === agent.id)?.outcome,
      'finished',
    );
  });

  it('looks on a timer only while there is an agent', async () => {
    await engine.reconcile();
    assert.deepEqual(timers.pauses, []);
    await driver.start();
    await claim(100);
    await until(() => timers.pauses.length > 0, 'the next look');
  });

  it('goes on after a restart as it would have: living agents are left, dead ones noted, spools of the living left to them', async () => {
    await driver.start();
    const planner = await claim(100);
    await engine.stop();
    spool.left = [
      { agent: planner.id, sessionNumber: 1 },
      { agent: 'agent0000999', sessionNumber: 2 },
    ];
    engine = startEngine();
    await engine.reconcile();
    assert.deepEqual(spool.drained, ['agent0000999-2']);
    assert.equal((await driver.mustLive()).id, planner.id);
    assert.equal(runner.started.length, 1);
    await engine.stop();
    // It reported and ended while no engine looked.
    await driver.report(planner);
    await runnerClient.execute('agent.exited', {
      agent: planner.id,
      sessionNumber: 1,
      exitCode: 0,
      exitSignal: null,
    });
    assert.equal(await driver.live(), undefined);
    engine = startEngine();
    await engine.reconcile();
    await until(() => runner.started.length === 2, 'the next stage');
    assert.equal(await driver.stageName(await driver.mustLive()), 'coder');
  });

  it('blocks a loop whose next step is refused, with the reason', async () => {
    await driver.start();
    const agent = await claim(100);
    await driver.report(agent);
    const { loop } = await driver.rows();
    const roles = loop.frozen.roles.map((role) => (role.name === 'coder' ? { ...role, role: 'gone' } : role));
    await driver.host.tables((tables) => {
      tables.loop.update({ ...loop, frozen: { ...loop.frozen, roles } });
      for (const stage of tables.stage.all({ loopId: loop.id }))
        if (stage.name === 'coder') tables.stage.update({ ...stage, role: 'gone' });
    });
    await runnerClient.execute('agent.exited', {
      agent: agent.id,
      sessionNumber: 1,
      exitCode: 0,
      exitSignal: null,
    });
    await until(async () => (await driver.rows()).loop.status === 'blocked', 'a block');
    assert.match((await driver.rows()).loop.blockReason ?? '', /no role gone/);
  });
});
