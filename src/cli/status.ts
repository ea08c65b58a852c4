import { findStore } from '../gateway/client/findHost.ts';
import { createHttpClient } from '../gateway/client/httpClient.ts';
import { HostAway } from '../gateway/client/hostLink.ts';
import { readGatewayFile } from '../gateway/gatewayFile.ts';
import { exitCodes, UsageError } from './exitCodes.ts';
import { outputText } from './format/output.ts';
import { paintWith } from './format/paint.ts';
import { noHostText } from './noHost.ts';
import type { Terminal } from './terminal.ts';

/** Whether a host runs for this folder: asked of the host itself, because a file alone may be a dead one's. */
export async function showStatus(terminal: Terminal, words: readonly string[]): Promise<number> {
  const json = words.includes('--json');
  const strange = words.find((word) => word !== '--json');
  if (strange !== undefined) throw new UsageError(`sloop status has no ${strange}.`, 'It takes --json only.');
  const store = findStore(terminal.cwd, terminal.env);
  const address = store === undefined ? undefined : readGatewayFile(store);
  if (store === undefined || address === undefined || !(await answers(terminal, address))) {
    if (json) terminal.out(`${JSON.stringify({ running: false, store: store ?? null }, null, 2)}\n`);
    else terminal.err(noHostText(terminal));
    return exitCodes.noHost;
  }
  const { url, pid, version, workspace } = address;
  const shown = { running: true, workspace, store, url, pid, version };
  const style = { columns: terminal.columns, paint: paintWith(terminal.colour) };
  terminal.out(json ? `${JSON.stringify(shown, null, 2)}\n` : outputText(shown, '', style));
  return exitCodes.done;
}

async function answers(
  terminal: Terminal,
  address: NonNullable<ReturnType<typeof readGatewayFile>>,
): Promise<boolean> {
  try {
    await createHttpClient({
      locate: () => address,
      surface: 'cli',
      token: terminal.env['SLOOP_TOKEN'],
    }).execute('project.list', { limit: 1 });
    return true;
  } catch (error) {
    if (error instanceof HostAway) return false;
    throw error;
  }
}
