import type { Executor } from '../operations/execute.ts';
import { scopeOf, type Caller } from '../domain/caller.ts';
import type { Event } from '../domain/event/event.ts';
import type { UnitOfWork } from '../domain/store.ts';

export interface ChangesParts {
  readonly executor: Pick<Executor, 'subscribe'>;
  readonly store: UnitOfWork;
}

/** Events up to and including `sequence`; the next reader goes on from there. */
export interface ChangeBatch {
  readonly sequence: number;
  readonly events: readonly Event[];
}

const batchSize = 200;

/**
 * Committed events within the caller's reach, from `since` on, for ever. They are always read from the event table;
 * a commit only wakes the reader. So a slow reader costs no memory, and one that comes back misses nothing. The first
 * batch comes at once, empty where nothing is new, and says from where the reader can go on.
 */
export async function* changesSince(
  { executor, store }: ChangesParts,
  caller: Caller,
  since: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<ChangeBatch> {
  const scope = scopeOf(caller);
  let wake: () => void = () => undefined;
  let dirty = false;
  const arouse = () => {
    dirty = true;
    wake();
  };
  const subscription = executor.subscribe(caller, arouse);
  signal.addEventListener('abort', arouse, { once: true });
  try {
    // A store that came back from a backup knows fewer events than its readers have seen.
    const latest = store.read(scope, (tables) => tables.event.latest());
    let sequence = Math.min(since ?? latest, latest);
    yield { sequence, events: [] };
    while (!signal.aborted) {
      dirty = false;
      const from = sequence;
      const events = store.read(scope, (tables) => tables.event.since(from, batchSize));
      const last = events.at(-1);
      if (last !== undefined) {
        sequence = last.sequence;
        yield { sequence, events };
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (dirty || signal.aborted) resolve();
      });
    }
  } finally {
    subscription.dispose();
    signal.removeEventListener('abort', arouse);
  }
}
