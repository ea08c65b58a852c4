import { DisposableStore, type Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { refusalText, type Refusal } from '../base/result.ts';
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
        for (const loop of [...due]) if (await advance(loop)) due.delete(loop);
        if (due.size > 0) throw new Error(`${due.size} loops could not be advanced`);
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

  /** Whether the loop's step was taken, or the loop blocked with the reason. Else it stays due. */
  async function advance(loop: LoopId): Promise<boolean> {
    const refusal = await refusalOf(loop);
    if (refusal === null) return true;
    if (refusal.code === 'unavailable') return false;
    const blocked = await client.execute('loop.block', { loop, reason: refusalText(refusal) });
    // Refused where the loop was stopped or deleted meanwhile: then there is nothing to say.
    return blocked.ok || blocked.refusal.code !== 'unavailable';
  }

  /** A fault may pass, so it is tried again, but not for ever without the person's knowing. */
  async function refusalOf(loop: LoopId): Promise<Refusal | null> {
    try {
      const result = await client.execute('loop.advance', { loop });
      failures.delete(loop);
      return result.ok ? null : result.refusal;
    } catch (error) {
      const failed = (failures.get(loop) ?? 0) + 1;
      failures.set(loop, failed);
      logger.log('error', 'a loop could not be advanced', { loop, failed, error });
      const code = failed < mostFailures ? 'unavailable' : 'conflict';
      return {
        code,
        message: `Its next step failed ${failed} times: ${String(error)}.`,
        next: 'See the log.',
      };
    }
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
