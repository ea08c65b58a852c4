import { setTimeout as sleep } from 'node:timers/promises';
import { DisposableStore, disposable, type Disposable } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { refuse, type Result } from '../../base/result.ts';
import type { Surface } from '../../domain/caller.ts';
import type { Event } from '../../domain/event/event.ts';
import type { Client } from '../../operations/client.ts';
import type { GatewayAddress } from '../gatewayFile.ts';
import { followChanges } from './followChanges.ts';
import { HostAway } from './hostLink.ts';
import { createHttpClient } from './httpClient.ts';

export interface RemoteClientParts {
  readonly locate: () => GatewayAddress | undefined;
  readonly surface: Surface;
  readonly token?: string | undefined;
  /** Of a window that can run agents: what is started through this client runs there. */
  readonly window?: string | undefined;
  readonly logger: Logger;
  /** How long a call looks for an owner before it is refused as unavailable. */
  readonly patienceMs: number;
}

/** A call goes ahead when the stream does not come to stand by then. */
const longestHeldMs = 2000;

export interface RemoteClient extends Client, Disposable {}

/** A `Client` of a host in another process: every other window, and programs that follow changes. */
export function createRemoteClient(parts: RemoteClientParts): RemoteClient {
  const owned = new DisposableStore();
  const changed = owned.add(
    new Emitter<readonly Event[]>((error) =>
      parts.logger.log('error', 'a change listener failed', { error }),
    ),
  );
  const link = createHttpClient(parts);
  let listeners = 0;
  let following: Disposable | undefined;
  let standing: Promise<void> | undefined;

  async function executeNamed(id: string, input: unknown): Promise<Result<unknown>> {
    // Who listens and then looks must not miss what is committed between the look and the stream's beginning.
    if (standing !== undefined)
      await Promise.race([standing, sleep(longestHeldMs, undefined, { ref: false })]);
    try {
      return await link.execute(id, input, { requestId: crypto.randomUUID() });
    } catch (error) {
      if (!(error instanceof HostAway)) throw error;
      return refuse(
        'unavailable',
        error.message,
        'Start a host: sloop serve, or open the folder in VS Code.',
      );
    }
  }

  function follow(): Disposable {
    let stands: () => void = () => undefined;
    standing = new Promise((resolve) => (stands = resolve));
    return followChanges({
      ...parts,
      onConnected: () => stands(),
      onEvents: (events) => changed.fire(events),
      onLost: (error) => parts.logger.log('info', 'lost the host; looking for it', { error }),
    });
  }

  /** The stream stands only while somebody listens: an idle window costs the host nothing. */
  function onDidChange(listener: (events: readonly Event[]) => void): Disposable {
    const subscription = changed.event(listener);
    listeners += 1;
    following ??= owned.add(follow());
    let counted = true;
    return disposable(() => {
      subscription.dispose();
      if (!counted) return;
      counted = false;
      listeners -= 1;
      if (listeners > 0) return;
      following?.dispose();
      following = undefined;
      standing = undefined;
    });
  }

  return {
    execute: (id, input) => executeNamed(id, input) as never,
    executeNamed,
    onDidChange,
    dispose: () => owned.dispose(),
  };
}
