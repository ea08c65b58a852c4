import type { Result } from '../base/result.ts';
import type { Client } from '../operations/client.ts';
import type { Wait } from '../operations/waits.ts';
import { longestWaitSeconds, type CallAgain, type ExecuteReply } from './wire.ts';

export type WaitTable = Readonly<Record<string, Wait>>;

export interface WaitingCall {
  readonly operation: string;
  readonly input: unknown;
  readonly seconds: number;
  /** Ends the wait at once: the caller has gone, or the gateway closes. */
  readonly signal: AbortSignal;
}

/** The waiting caller has gone or the gateway closes; nobody is left to answer. */
export class WaitAbandoned extends Error {}

/**
 * Runs an operation and, where it can be waited for, holds the answer until what it waits for has come. After
 * `seconds` (45 at most) it answers with what is known and how to go on waiting.
 */
export async function executeWaiting(
  client: Pick<Client, 'executeNamed' | 'onDidChange'>,
  waits: WaitTable,
  call: WaitingCall,
  first: () => Promise<Result<unknown>> = () => client.executeNamed(call.operation, call.input),
): Promise<ExecuteReply> {
  const wait = waits[call.operation];
  if (wait === undefined || call.seconds <= 0) return first();
  // Listening begins before the first look, so that no answer falls between the two.
  const bell = createBell(client, Math.min(call.seconds, longestWaitSeconds) * 1000, call.signal);
  try {
    let latest = await first();
    if (!latest.ok || wait.done(latest.value as never)) return latest;
    const again: CallAgain = {
      operation: wait.read,
      input: wait.input(latest.value as never, call.input as never),
    };
    for (;;) {
      latest = await client.executeNamed(again.operation, again.input);
      if (!latest.ok || waits[again.operation]?.done(latest.value as never) !== false) return latest;
      if ((await bell.next()) === 'late') return { ...latest, pending: again };
    }
  } finally {
    bell.dispose();
  }
}

/** Rings after each change; says `late` once the time is up, and rejects when the wait is abandoned. */
function createBell(client: Pick<Client, 'onDidChange'>, milliseconds: number, signal: AbortSignal) {
  let rung = false;
  let late = false;
  let wake: () => void = () => undefined;
  const subscription = client.onDidChange(() => {
    rung = true;
    wake();
  });
  const timer = setTimeout(() => {
    late = true;
    wake();
  }, milliseconds);
  const abandon = () => wake();
  signal.addEventListener('abort', abandon, { once: true });
  return {
    async next(): Promise<'changed' | 'late'> {
      if (!rung && !late && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      if (signal.aborted) throw new WaitAbandoned('The wait was abandoned.');
      if (!rung) return 'late';
      rung = false;
      return 'changed';
    },
    dispose() {
      clearTimeout(timer);
      subscription.dispose();
      signal.removeEventListener('abort', abandon);
    },
  };
}
