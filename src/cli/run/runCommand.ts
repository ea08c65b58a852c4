import path from 'node:path';
import { providerCatalog } from '../../agents/providers/catalog.ts';
import { scriptProvider } from '../../agents/providers/script.ts';
import { readUserSettings } from '../../agents/settings/userSettings.ts';
import { expectOk, Refused } from '../../base/result.ts';
import { processStart } from '../../engine/processIdentity.ts';
import { spoolFile } from '../../engine/spool.ts';
import { dataFolder } from '../../gateway/client/dataFolder.ts';
import { fetchCredentials } from '../../gateway/client/fetchCredentials.ts';
import { findStore } from '../../gateway/client/findHost.ts';
import { HostAway } from '../../gateway/client/hostLink.ts';
import { createHttpClient } from '../../gateway/client/httpClient.ts';
import { readGatewayFile } from '../../gateway/gatewayFile.ts';
import { exitCodes, UsageError } from '../exitCodes.ts';
import type { HeavyCommand } from '../heavyCommand.ts';
import { noHostText } from '../noHost.ts';
import { createDisplay } from './display.ts';
import { runAgent } from './runAgent.ts';
import { sloopCommand } from './sloopCommand.ts';

const patienceMs = 10_000;
const limitGraceMs = 30_000;
const hangUpGraceMs = 1000;
const endingSignals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/** `sloop run NAME`: claims a started agent and runs it in this terminal, or for the host without one. */
export const runCommand: HeavyCommand = async (terminal, words) => {
  const [name, ...more] = words;
  if (name === undefined || more.length > 0)
    throw new UsageError(
      'sloop run takes the name of one agent.',
      'Those to run: sloop agent list --status starting',
    );
  const storeDir = findStore(terminal.cwd, terminal.env);
  if (storeDir === undefined) return away();
  // The reader of our output may go; the agent's work does not depend on it.
  process.stdout.removeAllListeners('error').on('error', () => undefined);
  const { pid } = process;
  const pidStartedAt = await processStart(pid);
  const locate = () => readGatewayFile(storeDir);
  try {
    const settings = expectOk(readUserSettings(dataFolder(terminal.env)));
    return await runAgent(name, {
      link: createHttpClient({ locate, surface: 'runner', patienceMs: 0 }),
      providers: expectOk(providerCatalog(settings.commands, [scriptProvider])),
      settings: (provider, role) => settings.providerSettings(provider, role),
      credentials: ({ agent: { id, sessionNumber } }) =>
        fetchCredentials(locate, { agent: id, sessionNumber, pid, pidStartedAt }, patienceMs),
      storeDir,
      spool: (agent, sessionNumber) => spoolFile(path.join(storeDir, 'spool'), agent, sessionNumber),
      terminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
      process: { pid, pidStartedAt },
      sloop: sloopCommand(),
      environment: process.env,
      display: createDisplay(terminal.out, terminal.colour),
      onSignal,
      limitGraceMs,
      hangUpGraceMs,
      patienceMs,
    });
  } catch (error) {
    if (error instanceof HostAway) return away();
    if (!(error instanceof Refused)) throw error;
    terminal.err(`${error.refusal.message}\n${error.refusal.next}\n`);
    return exitCodes.refused;
  }

  function away(): number {
    terminal.err(noHostText(terminal));
    return exitCodes.noHost;
  }
};

function onSignal(listener: (signal: NodeJS.Signals) => void) {
  for (const signal of endingSignals) process.on(signal, listener);
  return {
    dispose() {
      for (const signal of endingSignals) process.off(signal, listener);
    },
  };
}
