import { EventEmitter, once } from 'node:events';
import net from 'node:net';
import { createInterface } from 'node:readline';
import type * as vscode from 'vscode';
import type { SloopApi } from '../../../src/vscode/extension.ts';
import { within } from './within.ts';

/** An extension host that tests can reach into. */
export interface HostControl {
  /** Process id of the extension host. */
  readonly pid: number;
  /** Calls a function of the module `file` (CommonJS) inside of it, with data as its argument. */
  call(file: string, name: string, argument?: unknown): Promise<unknown>;
  /**
   * Runs a function inside of it. Its text is taken over, so it sees its argument and what `scope` holds, and
   * nothing of the file that it stands in.
   */
  evaluate<Argument, Value>(
    body: (scope: HostScope, argument: Argument) => Value | Promise<Value>,
    argument: Argument,
  ): Promise<Value>;
  readonly ended: Promise<void>;
}

/** What an evaluated function sees. */
export interface HostScope {
  readonly vscode: typeof vscode;
  /** What Sloop's `activate` returned. */
  readonly sloop: SloopApi;
}

/** Where extension hosts announce themselves. */
export interface Control {
  readonly path: string;
  /** The next host that announces itself from now on. */
  next(): Promise<HostControl>;
  close(): Promise<void>;
}

type Line =
  | { readonly hello: { readonly pid: number } }
  | { readonly id: number; readonly value?: unknown; readonly error?: string }
  | { readonly print: string };

/** Listens on a local socket that the control extension of each window connects to. */
export async function startControl(socketPath: string): Promise<Control> {
  const announced = new EventEmitter();
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void controlOf(socket).then((host) => announced.emit('host', host));
  });
  server.listen(socketPath);
  await once(server, 'listening');
  return {
    path: socketPath,
    async next() {
      const [host] = (await once(announced, 'host')) as [HostControl];
      return host;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A whole suite is one call. */
const longestCallMs = 240_000;

async function controlOf(socket: net.Socket): Promise<HostControl> {
  const answers = new Map<number, (line: Line & { id: number }) => void>();
  let calls = 0;
  const pid = new Promise<number>((resolve) => {
    createInterface({ input: socket }).on('line', (text) => {
      const line = JSON.parse(text) as Line;
      if ('hello' in line) resolve(line.hello.pid);
      else if ('print' in line) process.stdout.write(line.print);
      else answers.get(line.id)?.(line);
    });
  });
  const ended = new Promise<void>((resolve) => {
    // A host that is killed resets its connection; that is an end like any other.
    socket.on('error', () => resolve());
    socket.once('close', () => resolve());
  });
  void ended.then(() => {
    for (const [id, answer] of answers) answer({ id, error: 'The extension host has ended.' });
  });
  async function ask(request: object): Promise<unknown> {
    const id = ++calls;
    const answered = new Promise<Line & { id: number }>((resolve) => {
      answers.set(id, resolve);
      socket.write(`${JSON.stringify({ id, ...request })}\n`);
    });
    const answer = await within(longestCallMs, JSON.stringify(request).slice(0, 300), answered);
    answers.delete(id);
    if ('error' in answer && answer.error !== undefined) throw new Error(answer.error);
    return 'value' in answer ? answer.value : undefined;
  }
  return {
    pid: await pid,
    call: (file, name, argument) => ask({ file, name, argument }),
    evaluate: (body, argument) => ask({ body: body.toString(), argument }) as Promise<never>,
    ended,
  };
}
