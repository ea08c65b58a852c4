import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readUserSettings } from '../../agents/settings/userSettings.ts';
import { lineLogger, type LogLevel } from '../../base/logger.ts';
import { systemClock } from '../../base/clock.ts';
import type { Refusal, Result } from '../../base/result.ts';
import { dataFolder } from '../../gateway/client/dataFolder.ts';
import { createRegistry, workspaceOf } from '../../gateway/client/registry.ts';
import { createHost, type Host, type HostOptions } from '../../host/createHost.ts';
import { exitCodes } from '../exitCodes.ts';
import type { HeavyCommand } from '../heavyCommand.ts';
import { sloopCommand } from '../run/sloopCommand.ts';
import type { Terminal } from '../terminal.ts';
import { readServeOptions, type ServeOptions } from './serveOptions.ts';

const pauseMs = 500;

/** `sloop serve`: a host without an editor, until it is told to end. */
export const serve: HeavyCommand = async (terminal, words, { version }) => {
  const options = readServeOptions(words);
  const place = placeOf(terminal, options);
  const [command, ...args] = sloopCommand();
  const settings = readUserSettings(dataFolder(terminal.env));
  if (!settings.ok) return refused(terminal, settings.refusal);
  const end = endSignal();
  try {
    const opened = await openHost(terminal, options, end, {
      ...place,
      version,
      sloop: { command, args },
      env: process.env,
      settings: settings.value,
      dataFolder: dataFolder(terminal.env),
      logger: lineLogger((line) => terminal.err(`${line}\n`), {
        level: logLevel(terminal),
        now: () => systemClock.now(),
      }),
    });
    if (opened === null) return exitCodes.done;
    if (!opened.ok) return refused(terminal, opened.refusal);
    const host = opened.value;
    createRegistry(dataFolder(terminal.env)).register(place);
    terminal.err(restoredText(host));
    terminal.out(readyLine(host, options.json));
    await end.reached;
    await host.close();
    return exitCodes.done;
  } finally {
    end.dispose();
  }
};

interface Place {
  readonly workspace: string;
  readonly storeDir: string;
}

/** The store that the registry knows wins, so that every program finds the same one. */
function placeOf(terminal: Terminal, { workspace: named, store }: ServeOptions): Place {
  const workspace = workspaceOf(path.resolve(terminal.cwd, named ?? '.'));
  if (store !== undefined) return { workspace, storeDir: path.resolve(terminal.cwd, store) };
  const registry = createRegistry(dataFolder(terminal.env));
  const known = registry.find(workspace);
  if (known?.workspace === workspace) return { workspace, storeDir: known.storeDir };
  const moved = registry
    .missing()
    .filter((other) => path.basename(other.workspace) === path.basename(workspace));
  for (const { workspace: old, storeDir } of moved)
    terminal.err(
      `If this folder was ${old} before, its todos are in another store: end this and add --store ${storeDir}\n`,
    );
  return { workspace, storeDir: registry.defaultStore(workspace) };
}

/** The open host; a refusal; or null when it was told to end before there was one. */
async function openHost(
  terminal: Terminal,
  { wait }: ServeOptions,
  end: EndSignal,
  hostOptions: HostOptions,
): Promise<Result<Host> | null> {
  let told = false;
  for (;;) {
    const opened = await createHost(hostOptions);
    if (opened.ok || !wait || opened.refusal.code !== 'unavailable') return opened;
    if (!told) terminal.err(`${opened.refusal.message} Waiting for it to end.\n`);
    told = true;
    await Promise.race([sleep(pauseMs), end.reached]);
    if (end.isReached()) return null;
  }
}

function refused(terminal: Terminal, { code, message, next }: Refusal): number {
  terminal.err(`${message}\n${next}\n`);
  return code === 'unavailable' ? exitCodes.noHost : exitCodes.refused;
}

/** A store that was damaged is no secret: the person must know what is gone. */
function restoredText({ opened: { restored } }: Host): string {
  if (restored === null) return '';
  const { from, takenAt, damagedFile } = restored;
  return (
    `The store was damaged and has been restored from the backup of ${takenAt} (${from}).\n` +
    `What changed after that is lost. The damaged file is kept: ${damagedFile}\n`
  );
}

const readyLine = ({ url, workspace, storeDir }: Host, json: boolean): string =>
  json
    ? `${JSON.stringify({ ready: true, url, workspace, storeDir, pid: process.pid })}\n`
    : `Sloop serves ${workspace} at ${url}. Its store is ${storeDir}. Ctrl+C ends it.\n`;

function logLevel({ env }: Terminal): LogLevel {
  const levels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];
  return levels.find((level) => level === env['SLOOP_LOG']) ?? 'warn';
}

interface EndSignal {
  readonly reached: Promise<void>;
  isReached(): boolean;
  dispose(): void;
}

const endingSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Being told to end. A second telling ends the process at once, by the signal's own way. */
function endSignal(): EndSignal {
  let is = false;
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const dispose = () => {
    for (const name of endingSignals) process.off(name, listener);
  };
  const listener = () => {
    is = true;
    dispose();
    reach();
  };
  for (const name of endingSignals) process.on(name, listener);
  return { reached, isReached: () => is, dispose };
}
