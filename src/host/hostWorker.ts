import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { readUserSettings } from '../agents/settings/userSettings.ts';
import { deferred } from '../base/deferred.ts';
import { disposable } from '../base/disposables.ts';
import type { LogFields, Logger, LogLevel } from '../base/logger.ts';
import type { RunEnd } from '../engine/runner.ts';
import { dataFolder } from '../gateway/client/dataFolder.ts';
import { createRegistry } from '../gateway/client/registry.ts';
import type { HostWindowCalls, HostWorkerCalls, HostWorkerData } from '../protocol/hostWorker.ts';
import { createRpc, type Port, type Rpc } from '../protocol/rpc.ts';
import { presentOwner } from '../store/ownership/claimOwnership.ts';
import { createHost, type Host } from './createHost.ts';

type Window = Rpc<HostWindowCalls>;

/** The host of an editor's window, in a thread of its own: the window's event loop never waits for the store. */
function serveWindow(parent: MessagePort, data: HostWorkerData): void {
  const closing = new AbortController();
  const opened = deferred<Host | null>();
  const window: Window = createRpc<HostWindowCalls>(
    portOf(parent),
    {
      async execute({ operation, input }) {
        const host = await opened.promise;
        if (host === null) throw new Error('The host is closing.');
        return host.client('view').executeNamed(operation, input);
      },
      async close() {
        closing.abort();
        await (await opened.promise)?.close();
        // Nothing else holds this thread; whatever a library left open must not either.
        setImmediate(() => process.exit(0));
      },
    } satisfies HostWorkerCalls,
    (name, error) =>
      window.tell('log', { level: 'error', message: `${name} failed`, fields: { error: textOf(error) } }),
  );
  openHost(window, data, closing.signal).then(
    (host) => opened.resolve(host),
    (error: unknown) => {
      opened.resolve(null);
      window.tell('refused', {
        code: 'unavailable',
        message: `Sloop could not start: ${textOf(error)}`,
        next: 'Look into its log: the command "Sloop: Show Log".',
      });
    },
  );
}

/** Opens the host, as soon as no other process owns the store any more; null when told to close before. */
async function openHost(window: Window, data: HostWorkerData, closing: AbortSignal): Promise<Host | null> {
  const settings = readUserSettings(dataFolder());
  if (!settings.ok) {
    window.tell('refused', settings.refusal);
    return null;
  }
  const { workspace, storeDir, sloop, version, window: windowId } = data;
  while (!closing.aborted) {
    const host = await createHost({
      workspace,
      storeDir,
      sloop,
      version,
      window: windowId,
      env: process.env,
      settings: settings.value,
      dataFolder: dataFolder(),
      logger: windowLogger(window, data.logLevel),
      runner: { run: (launch) => runInTerminal(window, launch) },
      secrets: {
        get: async (key) => (await window.call('getSecret', key)) ?? undefined,
        delete: (key) => window.call('deleteSecret', key),
      },
    });
    if (host.ok) return announce(window, host.value);
    const owner = host.refusal.code === 'unavailable' ? await presentOwner(storeDir) : null;
    if (owner === null) {
      window.tell('refused', host.refusal);
      return null;
    }
    window.tell('owned', { pid: owner.pid });
    await Promise.race([owner.gone, aborted(closing)]);
    owner.dispose();
  }
  return null;
}

function announce(window: Window, host: Host): Host {
  const { workspace, storeDir, opened, url } = host;
  createRegistry(dataFolder()).register({ workspace, storeDir });
  host.client('view').onDidChange((events) => window.tell('changed', events));
  window.tell('opened', { url, restored: opened.restored });
  return host;
}

async function runInTerminal(window: Window, launch: Parameters<HostWindowCalls['run']>[0]): Promise<RunEnd> {
  const { exitCode } = await window.call('run', launch);
  return { exitCode, exitSignal: null, lastWords: '' };
}

const portOf = (parent: MessagePort): Port => ({
  post: (message) => parent.postMessage(message),
  onMessage(listener) {
    parent.on('message', listener);
    return disposable(() => parent.off('message', listener));
  },
});

const levels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];

/** Lines go to the window's log. Fields are made plain here: an `Error` would lose its text on the way. */
function windowLogger(window: Window, least: LogLevel, topic?: string): Logger {
  return {
    log(level, message, fields) {
      if (levels.indexOf(level) < levels.indexOf(least)) return;
      const line = topic === undefined ? message : `${topic}: ${message}`;
      window.tell('log', {
        level,
        message: line,
        ...(fields === undefined ? {} : { fields: plain(fields) }),
      });
    },
    child: (name) => windowLogger(window, least, topic === undefined ? name : `${topic}/${name}`),
  };
}

const plain = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? textOf(value) : value]),
  );

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

if (parentPort === null) throw new Error('The host of a window runs in a thread of its own.');
serveWindow(parentPort, workerData as HostWorkerData);
