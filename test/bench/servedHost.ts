import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expectOk } from '../../src/base/result.ts';
import { createHttpClient } from '../../src/gateway/client/httpClient.ts';
import { readGatewayFile } from '../../src/gateway/gatewayFile.ts';
import type { InputOf, OperationId, OutputOf } from '../../src/operations/client.ts';
import { benchFolder } from './dataSet.ts';

/** The built command that is measured. */
export const sloop = path.join(benchFolder, 'sloop', 'sloop.cjs');

/** `sloop serve` in a process of its own, on a store in `folder`. */
export interface ServedHost {
  readonly workspace: string;
  readonly pid: number;
  /** For programs that are to find this host. */
  readonly env: NodeJS.ProcessEnv;
  run<Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<OutputOf<Id>>;
  /** What it logged so far, at level info. */
  log(): string;
  stop(): Promise<void>;
}

const startLimitMs = 60_000;

export async function serveHost(folder: string): Promise<ServedHost> {
  const workspace = path.join(folder, 'workspace');
  // Its own repository, so that the one around it is not taken for the workspace.
  execFileSync('git', ['init', '--quiet', workspace]);
  const env = { ...process.env, SLOOP_DATA: path.join(folder, 'data'), SLOOP_LOG: 'info' };
  const host = spawn(
    process.execPath,
    [sloop, 'serve', '--workspace', workspace, '--store', folder, '--json'],
    { env },
  );
  // A measurement that fails must not leave its host behind.
  const end = () => host.kill('SIGKILL');
  process.once('exit', end);
  host.once('exit', () => process.off('exit', end));
  let logged = '';
  host.stderr.setEncoding('utf8').on('data', (part: string) => (logged += part));
  await ready(host, () => logged);
  const client = createHttpClient({ locate: () => readGatewayFile(folder), surface: 'cli' });
  return {
    workspace,
    pid: host.pid as number,
    env,
    run: async (id, input) => expectOk(await client.execute(id, input)) as never,
    log: () => logged,
    async stop() {
      const exited = once(host, 'exit');
      host.kill('SIGTERM');
      await exited;
    },
  };
}

async function ready(host: ChildProcessWithoutNullStreams, log: () => string): Promise<void> {
  let out = '';
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      host.kill('SIGKILL');
      reject(new Error(`sloop serve was not ready in ${startLimitMs / 1000} s:\n${log()}`));
    }, startLimitMs);
    host.stdout.setEncoding('utf8').on('data', (part: string) => {
      out += part;
      if (!out.includes('"ready":true')) return;
      clearTimeout(late);
      resolve();
    });
    host.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`sloop serve ended with ${code}:\n${log()}`));
    });
  });
}
