import { spawn } from 'node:child_process';

/** How a command of a script went. */
export interface CommandEnd {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command, never through a shell, and waits for its end. `input` is what it reads. */
export function runCommand(
  argv: readonly [string, ...string[]],
  folder: string,
  input = '',
): Promise<CommandEnd> {
  const [program, ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    // A command that ends without reading is no failure.
    child.stdin.on('error', () => undefined).end(input);
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === null) reject(new Error(`${program} was ended by ${signal ?? 'a signal'}.`));
      else resolve({ code, output: textOf(output), errors: textOf(errors) });
    });
  });
}

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
