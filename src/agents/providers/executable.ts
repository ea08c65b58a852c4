import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from './provider.ts';

/** A command that the operating system can start without a shell. */
export type Command = readonly [string, ...string[]];

/**
 * Finds `argv`'s program on the PATH of `environment`, or undefined. On Windows, where npm installs `.cmd` shims
 * that Node refuses to start without a shell, the shim's own target is taken instead.
 */
export async function resolveCommand(
  argv: Command,
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<Command | undefined> {
  const [program, ...rest] = argv;
  const found = await firstFile(candidates(program, environment, platform), platform);
  if (found === undefined) return undefined;
  if (!/\.(cmd|bat)$/i.test(found)) return [found, ...rest];
  const target = shimTarget(await readFile(found, 'utf8'), path.win32.dirname(found));
  if (target === undefined) return undefined;
  return /\.[cm]?js$/i.test(target) ? [process.execPath, target, ...rest] : [target, ...rest];
}

function candidates(program: string, environment: Environment, platform: NodeJS.Platform): string[] {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const named = platform === 'win32' && paths.extname(program) === '' ? windowsNames(program) : [program];
  if (program !== paths.basename(program)) return named;
  // Windows spells the variable `Path`, and a copied environment no longer ignores case.
  const key = Object.keys(environment).find((name) =>
    platform === 'win32' ? name.toUpperCase() === 'PATH' : name === 'PATH',
  );
  const folders = (key === undefined ? '' : (environment[key] ?? '')).split(paths.delimiter).filter(Boolean);
  return folders.flatMap((folder) => named.map((name) => paths.join(folder, name)));
}

const windowsNames = (program: string): string[] =>
  ['.exe', '.com', '.cmd', '.bat'].map((end) => program + end);

async function firstFile(files: readonly string[], platform: NodeJS.Platform): Promise<string | undefined> {
  for (const file of files) {
    const found = await stat(file).catch(() => undefined);
    const runs = platform === 'win32' || ((found?.mode ?? 0) & 0o111) !== 0;
    if (found?.isFile() === true && runs) return file;
  }
  return undefined;
}

/** What an npm shim starts: the last quoted path that begins at the shim's own folder. */
function shimTarget(shim: string, folder: string): string | undefined {
  const targets = [...shim.matchAll(/"%(?:~dp0|dp0%)\\?([^"%]+\.(?:[cm]?js|exe))"/gi)];
  const relative = targets.at(-1)?.[1];
  return relative === undefined ? undefined : path.win32.join(folder, relative);
}
