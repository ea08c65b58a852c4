import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { instantOf, millisecondsOf, systemClock } from '../../../src/base/clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { ok, refuse, type Result } from '../../../src/base/result.ts';
import { createLauncher } from '../../../src/engine/launcher.ts';
import type { Event } from '../../../src/domain/event/event.ts';
import type { Client } from '../../../src/operations/client.ts';
import { ManualTimers } from '../../support/manualTimers.ts';
import { SteppedClock } from '../../support/testHost.ts';
import { PretendedRunner } from '../../support/pretendedProcesses.ts';

describe('the launcher', () => {
  it('starts a launch again whose failed start could not be noted, and notes it then', async () => {
    const calls: string[] = [];
    let full = true;
    let waiting = true;
    const answers: Record<string, () => Result<unknown>> = {
      'launch.ready': () =>
        ok({
          launches: waiting
            ? [{ launch: 'l1', agent: 'a1', name: 'brave-otter', sessionNumber: 1, window: null }]
            : [],
          waiting: [],
          until: null,
        }),
      'launch.withdraw': () => {
        if (full) return refuse('unavailable', 'The disk is full.', 'Make room.');
        waiting = false;
        return ok({ withdrawn: true });
      },
      'agent.exited': () => ok({}),
    };
    const client = {
      execute(operation: string) {
        calls.push(operation);
        return Promise.resolve(answers[operation]?.());
      },
      onDidChange: () => ({ dispose: () => undefined }),
    } as unknown as Client;
    const [runner, timers] = [new PretendedRunner(), new ManualTimers()];
    const launcher = createLauncher({
      client,
      runner,
      clock: systemClock,
      timers,
      logger: silentLogger,
      windows: new Set(),
    });
    const turns = async () => {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };

    await launcher.launchAll();
    runner.end(0, { exitCode: 70 });
    await turns();
    assert.deepEqual(timers.pauses, [5000]);
    full = false;
    timers.fire();
    await turns();
    assert.equal(runner.started.length, 2);
    runner.end(1, { exitCode: 70 });
    await turns();
    assert.deepEqual(calls.slice(-2), ['launch.withdraw', 'agent.exited']);
    await launcher.launchAll();
    assert.equal(runner.started.length, 2);
    launcher.dispose();
  });

  it('leaves a launch to the window that asked for it while it is there, and starts it here when it does not come', async () => {
    const launches = ['gone', 'there', null].map((window, index) => ({
      launch: `l${index}`,
      agent: `a${index}`,
      name: `agent-${index}`,
      sessionNumber: 1,
      window,
    }));
    const client = {
      execute: () => Promise.resolve(ok({ launches, waiting: [], until: null })),
      onDidChange: () => ({ dispose: () => undefined }),
    } as unknown as Client;
    const timers = new ManualTimers();
    const started: string[] = [];
    const runner = {
      run({ name }: { name: string }) {
        started.push(name);
        return new Promise<never>(() => undefined);
      },
    };
    const launcher = createLauncher({
      client,
      runner,
      clock: systemClock,
      timers,
      logger: silentLogger,
      windows: new Set(['there']),
    });
    await launcher.launchAll();
    assert.deepEqual(started, ['agent-0', 'agent-2']);
    assert.deepEqual(timers.pauses, [3000]);
    timers.fire();
    await launcher.settled();
    await launcher.launchAll();
    assert.deepEqual(started, ['agent-0', 'agent-2', 'agent-1']);
    launcher.dispose();
  });

  it('leaves what its runner cannot run to a person, who is told once', async () => {
    const launches = [{ launch: 'l1', agent: 'a1', name: 'brave-otter', sessionNumber: 1, window: null }];
    const flagged: unknown[] = [];
    const client = {
      execute(id: string, input: unknown) {
        if (id === 'launch.ready') return Promise.resolve(ok({ launches, waiting: [], until: null }));
        flagged.push([id, input]);
        return Promise.resolve(ok({ agent: 'a1' }));
      },
      onDidChange: () => ({ dispose: () => undefined }),
    } as unknown as Client;
    const runner = {
      run: () => Promise.reject(new Error('nothing is to be run')),
      obstacle: ({ name }: { name: string }) => `Run it in a terminal: sloop run ${name}.`,
    };
    const launcher = createLauncher({
      client,
      runner,
      clock: systemClock,
      timers: new ManualTimers(),
      logger: silentLogger,
      windows: new Set(),
    });
    await launcher.launchAll();
    await launcher.launchAll();
    const attention = 'Run it in a terminal: sloop run brave-otter.';
    assert.deepEqual(flagged, [['agent.flag', { agent: 'a1', attention }]]);
    launcher.dispose();
  });

  it('tells once why agents wait for an account, and looks again when the first can be used, or something of accounts changes', async () => {
    const clock = new SteppedClock();
    const until = instantOf(millisecondsOf(clock.now()) + 90_000);
    const flagged: unknown[] = [];
    let asked = 0;
    let listener: (events: readonly Event[]) => void = () => undefined;
    const client = {
      execute(id: string, input: unknown) {
        if (id === 'launch.ready') {
          asked += 1;
          const waiting = asked === 1 ? [{ agent: 'a1', attention: 'All are exhausted.' }] : [];
          return Promise.resolve(ok({ launches: [], waiting, until: asked < 3 ? until : null }));
        }
        flagged.push(input);
        return Promise.resolve(ok({ agent: 'a1' }));
      },
      onDidChange(listen: typeof listener) {
        listener = listen;
        return { dispose: () => undefined };
      },
    } as unknown as Client;
    const timers = new ManualTimers();
    const runner = { run: () => Promise.reject(new Error('nothing is to be run')) };
    const launcher = createLauncher({
      client,
      runner,
      clock,
      timers,
      logger: silentLogger,
      windows: new Set(),
    });
    await launcher.launchAll();
    assert.deepEqual(flagged, [{ agent: 'a1', attention: 'All are exhausted.' }]);
    assert.equal(timers.pauses.length, 1);
    assert.ok((timers.pauses[0] ?? 0) >= 90_000 && (timers.pauses[0] ?? 0) < 91_000, String(timers.pauses));
    timers.fire();
    await launcher.settled();
    assert.deepEqual([asked, timers.pauses.length, flagged.length], [2, 1, 1]);
    listener([{ noun: 'account', to: null } as unknown as Event]);
    await launcher.settled();
    assert.deepEqual([asked, timers.pauses.length], [3, 0]);
    launcher.dispose();
  });
});
