import { setTimeout as sleep } from 'node:timers/promises';
import type { Disposable } from '../../base/disposables.ts';
import type { Surface } from '../../domain/caller.ts';
import type { Event } from '../../domain/event/event.ts';
import type { GatewayAddress } from '../gatewayFile.ts';
import { changesPath, surfaceHeader, windowHeader } from '../wire.ts';
import { eventStream } from './eventStream.ts';

export interface FollowParts {
  readonly locate: () => GatewayAddress | undefined;
  readonly surface: Surface;
  readonly token?: string | undefined;
  readonly window?: string | undefined;
  /** Events after this sequence number; without it, those from now on. */
  readonly since?: number;
  readonly onEvents: (events: readonly Event[]) => void;
  /** Hears of each loss of the stream; following goes on by itself. */
  readonly onLost?: (error: unknown) => void;
  /** Hears when events flow (again). */
  readonly onConnected?: () => void;
}

const silenceMs = 40_000;
const firstPauseMs = 100;
const longestPauseMs = 2000;

/**
 * Follows committed changes of whoever owns the store, for as long as it is not disposed. When the owner goes it
 * looks for the next one and goes on after the last event that it saw, so that none is missed or told twice.
 */
export function followChanges(parts: FollowParts): Disposable {
  const ended = new AbortController();
  void follow(parts, ended.signal);
  return { dispose: () => ended.abort() };
}

async function follow(parts: FollowParts, signal: AbortSignal): Promise<void> {
  let since = parts.since;
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    try {
      for await (const batch of batches(parts, since, signal)) {
        if (since === undefined || batch.connected) parts.onConnected?.();
        since = batch.sequence;
        pauseMs = firstPauseMs;
        if (batch.events.length > 0) parts.onEvents(batch.events);
      }
    } catch (error) {
      if (!signal.aborted) parts.onLost?.(error);
    }
    await pause(pauseMs, signal);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}

interface Batch {
  readonly sequence: number;
  readonly events: readonly Event[];
  /** The first of a stream: it says where the reader stands. */
  readonly connected: boolean;
}

async function* batches(
  { locate, surface, token, window }: FollowParts,
  since: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const address = locate();
  if (address === undefined) throw new Error('No host owns this workspace now.');
  const input = encodeURIComponent(JSON.stringify(since === undefined ? {} : { since }));
  const headers = {
    authorization: `Bearer ${token ?? address.token}`,
    [surfaceHeader]: surface,
    ...(window === undefined ? {} : { [windowHeader]: window }),
  };
  let connected = true;
  for await (const { event, id, data } of eventStream(`${address.url}${changesPath}?input=${input}`, {
    headers,
    signal,
    silenceMs,
  })) {
    if (event === 'serialized-error') throw new Error(`The host ended the stream: ${data}`);
    if (event !== 'message' || id === null) continue;
    yield { sequence: Number(id), events: JSON.parse(data) as readonly Event[], connected };
    connected = false;
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    // Only the end of following interrupts the pause, and the loop sees that by itself.
    if (!signal.aborted) throw error;
  }
}
