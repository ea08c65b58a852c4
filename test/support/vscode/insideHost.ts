// The control extension: lets tests reach into an extension host. Bundled by controlExtension.ts.
import { createRequire } from 'node:module';
import net from 'node:net';
import { createInterface } from 'node:readline';
import { compileFunction } from 'node:vm';
import * as vscode from 'vscode';

interface Request {
  readonly id: number;
  readonly file?: string;
  readonly name?: string;
  readonly body?: string;
  readonly argument?: unknown;
}

/** Connects to the test that started this editor, and answers its calls until the window ends. */
export function activate(context: vscode.ExtensionContext): void {
  const address = process.env['SLOOP_TEST_CONTROL'];
  if (address === undefined)
    throw new Error('SLOOP_TEST_CONTROL is not set: this extension is for tests only.');
  const socket = net.connect(address);
  const send = (line: object) => socket.write(`${JSON.stringify(line)}\n`);
  context.subscriptions.push({ dispose: () => socket.destroy() });
  send({ hello: { pid: process.pid } });
  createInterface({ input: socket }).on('line', (text) => {
    const request = JSON.parse(text) as Request;
    answer(request, (print) => send({ print })).then(
      (value) => send({ id: request.id, value }),
      (error: unknown) =>
        send({
          id: request.id,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
    );
  });
}

type Called = (argument: unknown, print: (text: string) => void) => unknown;

async function answer(request: Request, print: (text: string) => void): Promise<unknown> {
  const { file, name, body, argument } = request;
  if (file !== undefined && name !== undefined) {
    const module = createRequire(file)(file) as Record<string, Called>;
    return module[name]?.(argument, print);
  }
  const sloop: unknown = await vscode.extensions.getExtension('sloop.sloop')?.activate();
  // `__name` is what the loader of the sources puts around functions.
  const evaluate = compileFunction(`const __name = (f) => f; return (${body ?? ''})(scope, argument);`, [
    'scope',
    'argument',
  ]) as (scope: object, argument: unknown) => unknown;
  return evaluate({ vscode, sloop }, argument);
}
