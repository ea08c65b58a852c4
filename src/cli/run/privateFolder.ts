import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PrivateFile } from '../../agents/providers/provider.ts';

/** A folder that is one agent's alone, outside every repository: configuration, token, the `sloop` command. */
export interface PrivateFolder {
  readonly path: string;
  /** Holds the `sloop` command, to be put on the PATH. */
  readonly commandFolder: string;
  write(files: readonly PrivateFile[]): Promise<void>;
  remove(): Promise<void>;
}

/** @param sloop program and arguments that start this very `sloop`. */
export async function createPrivateFolder(
  storeDir: string,
  agent: string,
  sloop: readonly string[],
): Promise<PrivateFolder> {
  const folder = path.join(storeDir, 'agents', agent);
  const commandFolder = path.join(folder, 'bin');
  // A start that was killed may have left its files here.
  await rm(folder, { recursive: true, force: true });
  await mkdir(commandFolder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await writeFile(path.join(commandFolder, 'sloop'), shellCommand(sloop), { mode: 0o700 });
  if (process.platform === 'win32')
    await writeFile(path.join(commandFolder, 'sloop.cmd'), windowsCommand(sloop));
  return {
    path: folder,
    commandFolder,
    async write(files) {
      for (const { path: name, content, mode } of files) {
        const file = path.resolve(folder, name);
        if (!file.startsWith(folder + path.sep)) throw new Error(`${name} is outside of the private folder.`);
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        await writeFile(file, content, { mode });
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const shellCommand = (sloop: readonly string[]): string =>
  `#!/bin/sh\nexec ${sloop.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')} "$@"\n`;

const windowsCommand = (sloop: readonly string[]): string =>
  `@echo off\r\n${sloop.map((word) => `"${word}"`).join(' ')} %*\r\n`;
