import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { silentLogger } from '../../../src/base/logger.ts';
import { ok, refuse, type Result } from '../../../src/base/result.ts';
import type { Event } from '../../../src/domain/event/event.ts';
import { createLoopEngine } from '../../../src/engine/loopEngine.ts';
import type { Client } from '../../../src/operations/client.ts';
import { ManualTimers } from '../../support/manualTimers.ts';

/** A client of which the test decides every answer. */
function clientOf(answer: (operation: string, input: { loop?: string }) => Result<unknown>) {
  const calls: string[] = [];
  let tell: (events: readonly Event[]) => void = () => undefined;
  const client = {
    execute(operation: string, input: { loop?: string; sessions?: string[] }) {
      calls.push(
        [operation, input.loop ?? input.sessions?.join()].filter((part) => part !== undefined).join(' '),
      );
      return Promise.resolve().then(() => answer(operation, input));
    },
    onDidChange(listener: typeof tell) {
      tell = listener;
      return { dispose: () => (tell = () => undefined) };
    },
  } as unknown as Client;
  return { client, calls, tell: (events: readonly Partial<Event>[]) => tell(events as readonly Event[]) };
}

function engineOf(answer: Parameters<typeof clientOf>[0]) {
  const timers = new ManualTimers();
  const world = clientOf(answer);
  return {
    ...world,
    timers,
    engine: createLoopEngine({ client: world.client, timers, logger: silentLogger }),
  };
}

const loops = (...ids: string[]) => ok({ loops: ids });

describe('the loop engine', () => {
  it('advances the loops of the sessions that a change touched, and of no others', async () => {
    const { calls, tell, engine } = engineOf((operation) =>
      operation === 'loop.due' ? loops('l1') : ok({}),
    );
    tell([
      { noun: 'agent', action: 'updated', to: { costUsd: 2 }, sessionId: 's0' as never },
      { noun: 'todo', action: 'created', to: { status: 'pending' }, sessionId: 's0' as never },
      { noun: 'stage', action: 'updated', operation: 'loop.advance', to: {}, sessionId: 's0' as never },
      { noun: 'agent', action: 'updated', to: { status: 'idle' }, sessionId: 's1' as never },
      { noun: 'artifact', action: 'updated', to: { stage: 'final' }, sessionId: 's2' as never },
      { noun: 'agent', action: 'updated', to: { status: 'idle' }, sessionId: null },
    ]);
    await engine.settled();
    assert.deepEqual(calls, ['loop.due s1,s2', 'loop.advance l1']);
  });

  it('keeps a loop due while the store cannot write, without holding up the others', async () => {
    let full = true;
    const { calls, timers, engine } = engineOf((operation, { loop }) =>
      operation === 'loop.due'
        ? loops('l1', 'l2')
        : full && loop === 'l1'
          ? refuse('unavailable', 'The disk is full.', 'Make room.')
          : ok({}),
    );
    await engine.advanceAll();
    assert.deepEqual(calls.splice(0), ['loop.due', 'loop.advance l1', 'loop.advance l2']);
    for (let time = 0; time < 10; time += 1) {
      timers.fire();
      await engine.settled();
    }
    assert.deepEqual(calls.splice(0), Array<string>(10).fill('loop.advance l1'));
    full = false;
    timers.fire();
    await engine.settled();
    assert.deepEqual(calls.splice(0), ['loop.advance l1']);
    assert.deepEqual(timers.pauses, []);
  });

  it('blocks a loop whose step fails over and over, and tells why', async () => {
    const reasons: unknown[] = [];
    const { timers, engine } = engineOf((operation, input) => {
      if (operation === 'loop.due') return loops('l1');
      if (operation === 'loop.advance') throw new Error('a bug');
      reasons.push((input as { reason?: string }).reason);
      return ok({});
    });
    await engine.advanceAll();
    for (let time = 0; time < 4; time += 1) {
      assert.deepEqual(reasons, []);
      timers.fire();
      await engine.settled();
    }
    assert.deepEqual(reasons, ['Its next step failed 5 times: Error: a bug. See the log.']);
    assert.deepEqual(timers.pauses, []);
  });

  it('asks again for the sessions when the list could not be had', async () => {
    let away = true;
    const { calls, timers, tell, engine } = engineOf((operation) =>
      operation === 'loop.due' ? (away ? refuse('unavailable', 'no', '') : loops('l1')) : ok({}),
    );
    tell([{ noun: 'loop', action: 'updated', to: {}, sessionId: 's1' as never }]);
    await engine.settled();
    away = false;
    timers.fire();
    await engine.settled();
    assert.deepEqual(calls, ['loop.due s1', 'loop.due s1', 'loop.advance l1']);
  });
});
