import { DisposableStore, type Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { refusalText } from '../base/result.ts';
import type { Event } from '../domain/event/event.ts';
import type { LoopId, SessionId } from '../domain/ids.ts';
import type { Client } from '../operations/client.ts';
import { Pump } from './pump.ts';
import type { Timers } from './timers.ts';

export interface LoopEngineParts {
  readonly client: Client;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface LoopEngine extends Disposable {
  /** Resolves when the work under way has ended. */
  settled(): Promise<void>;
  /** Looks at every loop once, as at the start of a host; resolves when each has been advanced. */
  advanceAll(): Promise<void>;
}

/** How often one loop's step may fail in a row before the person is told. */
const mostFailures = 5;

/** Advances a loop whenever a committed change touches what decides its next step. */
export function createLoopEngine({ client, timers, logger }: LoopEngineParts): LoopEngine {
  const owned = new DisposableStore();
  const sessions = new Set<SessionId>();
  const due = new Set<LoopId>();
  const failures = new Map<LoopId, number>();
  let all = false;

  const pump = owned.add(
    new Pump(
      async () => {
        await collect();
        for (const loop of [...due]) await advance(loop);
      },
      timers,
      logger,
    ),
  );

  async function collect(): Promise<void> {
    if (!all && sessions.size === 0) return;
    const asked = all ? {} : { sessions: [...sessions].slice(0, 1000) };
    const found = await client.execute('loop.due', asked);
    if (!found.ok) throw new Error(refusalText(found.refusal));
    for (const loop of found.value.loops) due.add(loop);
    if (all) sessions.clear();
    for (const session of asked.sessions ?? []) sessions.delete(session);
    all = false;
    if (sessions.size > 0) await collect();
  }

  /** A loop stays due until its step was taken or it was blocked with the reason. */
  async function advance(loop: LoopId): Promise<void> {
    try {
      const result = await client.execute('loop.advance', { loop });
      if (!result.ok && result.refusal.code === 'unavailable') throw new Error(refusalText(result.refusal));
      if (!result.ok) await block(loop, refusalText(result.refusal));
    } catch (error) {
      const failed = (failures.get(loop) ?? 0) + 1;
      failures.set(loop, failed);
      if (failed < mostFailures) throw error;
      logger.log('error', 'a loop cannot be advanced', { loop, error });
      await block(loop, `Its next step failed ${failed} times: ${String(error)}`);
    }
    failures.delete(loop);
    due.delete(loop);
  }

  async function block(loop: LoopId, reason: string): Promise<void> {
    const blocked = await client.execute('loop.block', { loop, reason });
    // Refused where the loop was stopped or deleted meanwhile: then there is nothing to say.
    if (!blocked.ok) logger.log('info', 'not blocked', { loop, why: refusalText(blocked.refusal) });
  }

  owned.add(
    client.onDidChange((events) => {
      for (const event of events)
        if (event.sessionId !== null && decidesLoop(event)) sessions.add(event.sessionId);
      if (sessions.size > 0) void pump.ask();
    }),
  );

  return {
    advanceAll() {
      all = true;
      return pump.ask();
    },
    settled: () => pump.settled(),
    dispose: () => owned.dispose(),
  };
}

/** A loop's agents, its own rows and its artifacts carry its session. What the loop wrote itself is no news to it. */
function decidesLoop({ noun, operation, action, to }: Event): boolean {
  if (operation === 'loop.advance') return false;
  switch (noun) {
    case 'loop':
    case 'stage':
    case 'attempt':
      return true;
    case 'agent':
      return action !== 'updated' || (to !== null && 'status' in to);
    case 'artifact':
      return action === 'deleted' || (to !== null && 'stage' in to);
    default:
      return false;
  }
}
