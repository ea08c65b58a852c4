import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Environment, Provider } from './provider.ts';

/** A command that the operating system can start without a shell. */
export type Command = readonly [string, ...string[]];

/** What finding a program needs of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Whether there is a file that may be run. */
  isProgram(file: string): Promise<boolean>;
  readText(file: string): Promise<string>;
  /** The file that a link stands for. */
  realPath(file: string): Promise<string>;
}

const thisMachine: Machine = {
  platform: process.platform,
  arch: process.arch,
  async isProgram(file) {
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() !== true) return false;
    return process.platform === 'win32' || (found.mode & 0o111) !== 0;
  },
  readText: (file) => readFile(file, 'utf8'),
  realPath: (file) => realpath(file),
};

/**
 * Finds `argv`'s program on the PATH of `environment`, or undefined. On Windows, where npm installs `.cmd` shims
 * that Node refuses to start without a shell, the shim's own target is taken instead; where `nativeOf` knows the
 * program behind a package manager's script, that program.
 */
export async function resolveCommand(
  argv: Command,
  environment: Environment,
  nativeOf: Provider['nativeOf'] = () => [],
  machine: Machine = thisMachine,
): Promise<Command | undefined> {
  const [program, ...rest] = argv;
  const found = await firstProgram(candidates(program, environment, machine.platform), machine);
  if (found === undefined) return undefined;
  const target = await targetOf(found, machine);
  if (target === undefined) return undefined;
  const native = await firstProgram(nativeOf(target, machine.platform, machine.arch), machine);
  if (native !== undefined) return [native, ...rest];
  // Started by its own name: what a link is called may decide what the program does.
  if (machine.platform !== 'win32') return [found, ...rest];
  return /\.[cm]?js$/i.test(target) ? [process.execPath, target, ...rest] : [target, ...rest];
}

/** The file itself: behind a link, or behind npm's shim. */
async function targetOf(found: string, machine: Machine): Promise<string | undefined> {
  if (machine.platform !== 'win32') return machine.realPath(found);
  if (!/\.(cmd|bat)$/i.test(found)) return found;
  return shimTarget(await machine.readText(found), path.win32.dirname(found));
}

function candidates(program: string, environment: Environment, platform: NodeJS.Platform): string[] {
  const isWindows = platform === 'win32';
  const paths = isWindows ? path.win32 : path.posix;
  const names = isWindows && !/\.(exe|com|cmd|bat)$/i.test(program) ? windowsNames(program) : [program];
  if (program !== paths.basename(program)) return names;
  // Windows spells the variable `Path`, and a copied environment no longer ignores case.
  const isPath = (name: string) => (isWindows ? name.toUpperCase() === 'PATH' : name === 'PATH');
  const key = Object.keys(environment).find(isPath);
  const folders = (key === undefined ? '' : (environment[key] ?? '')).split(paths.delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => paths.join(folder, name)));
}

const windowsNames = (program: string): string[] =>
  ['.exe', '.com', '.cmd', '.bat'].map((end) => program + end);

async function firstProgram(files: readonly string[], machine: Machine): Promise<string | undefined> {
  for (const file of files) if (await machine.isProgram(file)) return file;
  return undefined;
}

/** What an npm shim starts: the last quoted path that begins at the shim's own folder. */
function shimTarget(shim: string, folder: string): string | undefined {
  const targets = [...shim.matchAll(/"%(?:~dp0|dp0%)\\?([^"%]+\.(?:[cm]?js|exe))"/gi)];
  const relative = targets.at(-1)?.[1];
  return relative === undefined ? undefined : path.win32.join(folder, relative);
}
