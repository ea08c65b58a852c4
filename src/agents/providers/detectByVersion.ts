import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolveCommand } from './executable.ts';
import type { Detection, Environment } from './provider.ts';

const run = promisify(execFile);

/** A CLI that starts slowly on a busy machine is still there. */
const versionTimeoutMs = 15_000;

/** Looks for `program` and asks it for its version. Finding one that does not run is told apart from finding none. */
export async function detectByVersion(
  { program, title, install }: { program: string; title: string; install: string },
  environment: Environment,
): Promise<Detection> {
  const command = await resolveCommand([program, '--version'], environment);
  if (command === undefined) {
    return { found: false, reason: `${title}: there is no \`${program}\` on the PATH.`, next: install };
  }
  const [executable, ...args] = command;
  try {
    const { stdout } = await run(executable, args, {
      env: { ...environment },
      timeout: versionTimeoutMs,
      killSignal: 'SIGKILL',
    });
    const version = /\d+(\.\d+)+[\w.-]*/.exec(stdout)?.[0] ?? stdout.trim();
    return { found: true, executable, version };
  } catch (error) {
    return {
      found: false,
      reason: `${title}: ${executable} is there and does not run: ${firstLine(error)}`,
      next: `Run \`${program} --version\` in a terminal, or install it again. ${install}`,
    };
  }
}

function firstLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  const text = said !== '' ? said : error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}
