import { deferred } from '../../base/deferred.ts';
import { DisposableSlot, DisposableStore, type Disposable } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import type { Refusal, Result } from '../../base/result.ts';
import type { Secrets } from '../../domain/secrets/secrets.ts';
import type { Event } from '../../domain/event/event.ts';
import { createRemoteClient } from '../../gateway/client/remoteClient.ts';
import { readGatewayFile } from '../../gateway/gatewayFile.ts';
import type { Client } from '../../operations/client.ts';
import type { HostWindowCalls, HostWorkerData, RestoredStore } from '../../protocol/hostWorker.ts';
import { RpcClosed } from '../../protocol/rpc.ts';
import { isLaunchFor, launchOf } from './ownLaunches.ts';
import { startHostThread, type HostThread } from './hostThread.ts';

/**
 * - `closed`: nothing was asked yet. `opening`: the host starts. `owner`: this window's host owns the store.
 * - `client`: another process owns it, and this window works through that one. `refused`: there is no host.
 */
export type ConnectionState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'owner'; readonly url: string }
  | { readonly kind: 'client'; readonly pid: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface ConnectionParts {
  /** Bundle of the host's thread. */
  readonly program: string;
  readonly data: HostWorkerData;
  readonly logger: Logger;
  /** Runs a started agent in this window. */
  readonly run: HostWindowCalls['run'];
  /** Where the editor keeps secrets. */
  readonly secrets: Pick<Secrets, 'get' | 'delete'>;
  readonly onRestored: (restored: RestoredStore) => void;
}

/** The window's way to Sloop. It opens the host when it is first used, and follows the owner when it changes. */
export interface Connection extends Disposable {
  readonly client: Client;
  readonly state: ConnectionState;
  readonly onDidChangeState: (listener: (state: ConnectionState) => void) => Disposable;
  /** Opens the host unless it is open; resolves when calls can be answered, or are refused for good. */
  open(): Promise<void>;
  /** After a refusal: tries again. */
  retry(): Promise<void>;
  close(): Promise<void>;
}

/** VS Code gives an extension five seconds to end. */
const closePatienceMs = 4000;
const patienceMs = 10_000;

export function createConnection(parts: ConnectionParts): Connection {
  const { logger } = parts;
  const owned = new DisposableStore();
  const onFault = (error: unknown) => logger.log('error', 'a listener failed', { error });
  const states = owned.add(new Emitter<ConnectionState>(onFault));
  const changes = owned.add(new Emitter<readonly Event[]>(onFault));
  const remote = owned.add(new DisposableSlot());
  let state: ConnectionState = { kind: 'closed' };
  let thread: HostThread | undefined;
  /** Who answers now: the thread, or the owner in another process. */
  let answering: Pick<Client, 'executeNamed'> | undefined;
  let settled = deferred<void>();
  let closing = false;

  function become(next: ConnectionState): void {
    state = next;
    if (next.kind !== 'opening' && next.kind !== 'closed') settled.resolve();
    logger.log('info', `connection: ${next.kind}`);
    states.fire(next);
  }

  /** The owner leaves to this window what was started here. */
  function runOwnLaunches(client: Client, events: readonly Event[]): void {
    for (const event of events)
      if (isLaunchFor(event, parts.data.window))
        void launchOf(client, event)
          .then((launch) => (launch === undefined ? undefined : parts.run(launch)))
          .catch((error: unknown) => logger.log('error', 'an agent could not be run here', { error }));
  }

  const window: HostWindowCalls = {
    opened({ url, restored }) {
      remote.set(undefined);
      answering = { executeNamed: askThread };
      become({ kind: 'owner', url });
      if (restored !== null) parts.onRestored(restored);
    },
    owned({ pid }) {
      const client = createRemoteClient({
        locate: () => readGatewayFile(parts.data.storeDir),
        surface: 'view',
        window: parts.data.window,
        logger: logger.child('remote'),
        patienceMs,
      });
      client.onDidChange((events) => {
        changes.fire(events);
        runOwnLaunches(client, events);
      });
      remote.set(client);
      answering = client;
      become({ kind: 'client', pid });
    },
    refused(refusal) {
      answering = undefined;
      become({ kind: 'refused', refusal });
    },
    changed: (events) => changes.fire(events),
    log: ({ level, message, fields }) => logger.log(level, message, fields),
    run: (launch) => parts.run(launch),
    getSecret: async (key) => (await parts.secrets.get(key)) ?? null,
    deleteSecret: (key) => parts.secrets.delete(key),
  };

  function start(): void {
    become({ kind: 'opening' });
    const started = startHostThread(parts.program, parts.data, window, (name, error) =>
      logger.log('error', `${name} failed`, { error }),
    );
    thread = started;
    void started.ended.then((error) => {
      if (closing || thread !== started) return;
      if (error !== null) logger.log('error', 'the host ended', { error });
      window.refused({
        code: 'unavailable',
        message: 'Sloop’s host has ended unexpectedly.',
        next: 'Reload the window. What was committed is safe; the log says more ("Sloop: Show Log").',
      });
    });
  }

  async function open(): Promise<void> {
    if (state.kind === 'closed' && !closing) start();
    await settled.promise;
  }

  async function askThread(operation: string, input: unknown): Promise<Result<unknown>> {
    if (thread === undefined) throw new RpcClosed();
    return thread.rpc.call('execute', { operation, input });
  }

  async function executeNamed(operation: string, input: unknown): Promise<Result<unknown>> {
    await open();
    if (state.kind === 'refused') return { ok: false, refusal: state.refusal };
    if (answering === undefined || closing) return { ok: false, refusal: endedRefusal };
    try {
      return await answering.executeNamed(operation, input);
    } catch (error) {
      if (error instanceof RpcClosed) return { ok: false, refusal: endedRefusal };
      throw error;
    }
  }

  return {
    client: {
      execute: (operation, input) => executeNamed(operation, input) as never,
      executeNamed,
      onDidChange: changes.event,
    },
    get state() {
      return state;
    },
    onDidChangeState: states.event,
    open,
    async retry() {
      if (state.kind !== 'refused') return open();
      thread?.dispose();
      settled = deferred();
      start();
      await settled.promise;
    },
    async close() {
      closing = true;
      settled.resolve();
      await thread?.close(closePatienceMs);
      owned.dispose();
    },
    dispose: () => owned.dispose(),
  };
}

const endedRefusal: Refusal = {
  code: 'unavailable',
  message: 'Sloop is closing in this window.',
  next: 'Try again when the window has been reloaded.',
};
