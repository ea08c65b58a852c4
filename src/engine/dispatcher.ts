import { millisecondsOf, type Clock, type Instant } from '../base/clock.ts';
import { DisposableSlot, DisposableStore, type Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { refusalText, type Refusal, type Result } from '../base/result.ts';
import type { Event } from '../domain/event/event.ts';
import type { TodoId } from '../domain/ids.ts';
import type { Client } from '../operations/client.ts';
import { Pump } from './pump.ts';
import type { Timers } from './timers.ts';

export interface DispatcherParts {
  readonly client: Client;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface Dispatcher extends Disposable {
  /** Resolves when the work under way has ended. */
  settled(): Promise<void>;
  /** Gives out what is ready, as at the start of a host. */
  dispatch(): Promise<void>;
}

/**
 * Gives ready todos to agents whenever a committed change may have made one ready or given an agent free. Each todo
 * is a transaction of its own: a host that is killed in between has given some and not others, and none twice.
 */
export function createDispatcher({ client, clock, timers, logger }: DispatcherParts): Dispatcher {
  const owned = new DisposableStore();
  const wake = owned.add(new DisposableSlot());
  const pump = owned.add(
    new Pump(
      async () => {
        await value(client.execute('dispatch.settle', {}));
        for (;;) {
          const { turn, againAt } = await value(client.execute('dispatch.next', {}));
          if (turn === null) return wakeAt(againAt);
          if (turn.action === 'finish') await value(client.execute('dispatch.finish', { todo: turn.todo }));
          else await assign(turn.todo);
        }
      },
      timers,
      logger,
    ),
  );

  /** Exhausted accounts come back by themselves; no event tells of it. */
  function wakeAt(moment: Instant | null): void {
    const milliseconds = moment === null ? 0 : millisecondsOf(moment) - millisecondsOf(clock.now());
    wake.set(moment === null ? undefined : timers.after(clamp(milliseconds), () => void pump.ask()));
  }

  async function assign(todo: TodoId): Promise<void> {
    const started = await client.execute('dispatch.assign', { todo });
    if (started.ok) {
      logger.log('info', 'assigned', { todo, agent: started.value.name });
      return;
    }
    const { refusal } = started;
    if (refusal.code === 'unavailable') throw new Error(refusalText(refusal));
    // Something changed meanwhile: the next look finds out what.
    if (refusal.code !== 'limit') await setAside(todo, refusal);
  }

  /** What cannot be given to anybody would stand before everything else for ever. */
  async function setAside(todo: TodoId, refusal: Refusal): Promise<void> {
    logger.log('warn', 'cannot be dispatched', { todo, why: refusalText(refusal) });
    const reason = `It cannot be given to an agent: ${refusal.message} ${refusal.next}`.slice(0, 2000);
    await value(client.execute('todo.block', { todo, reason }));
  }

  owned.add(
    client.onDidChange((events) => {
      if (events.some(decidesDispatch)) void pump.ask();
    }),
  );

  return { dispatch: () => pump.ask(), settled: () => pump.settled(), dispose: () => owned.dispose() };
}

async function value<T>(wanted: Promise<Result<T>>): Promise<T> {
  const result = await wanted;
  if (result.ok) return result.value;
  throw new Error(refusalText(result.refusal));
}

const fieldsThatDecide: Readonly<Partial<Record<Event['noun'], readonly string[]>>> = {
  todo: ['status', 'gate', 'promotedAt', 'sprintId', 'projectId'],
  agent: ['status'],
  sprint: ['status', 'wipLimit'],
  project: ['status', 'dispatch', 'dispatchRules', 'mode'],
  merge: ['status'],
  account: ['isExhausted', 'exhaustedUntil'],
};

/** At least a little later than the moment itself; at most a day, after which it looks again. */
const clamp = (milliseconds: number): number => Math.min(Math.max(milliseconds, 0) + 1000, 86_400_000);

/** An agent's reports, which are most of all events, decide nothing here. */
function decidesDispatch({ noun, action, to }: Event): boolean {
  const fields = fieldsThatDecide[noun];
  if (fields === undefined) return false;
  return action !== 'updated' || (to !== null && fields.some((field) => field in to));
}
