import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PrivateFile } from '../../agents/providers/provider.ts';
import { shellShim, windowsShim, type ShimmedCommand } from '../../agents/commandShim.ts';
import { isSameProcess } from '../../engine/processIdentity.ts';

/** A folder that is one agent's alone, outside every repository: configuration, token, the `sloop` command. */
export interface PrivateFolder {
  readonly path: string;
  /** Holds the `sloop` command, to be put on the PATH. */
  readonly commandFolder: string;
  write(files: readonly PrivateFile[]): Promise<void>;
  /** What the agent's CLI left in a file of the folder; undefined where it left none, or is asked for none. */
  read(name: string | undefined): Promise<string | undefined>;
  remove(): Promise<void>;
}

/** The process that a private folder belongs to. */
export interface FolderOwner {
  readonly pid: number;
  readonly pidStartedAt: string | null;
}

const ownerFile = 'owner.json';

/** @param sloop starts this very `sloop`. */
export async function createPrivateFolder(
  storeDir: string,
  agent: string,
  owner: FolderOwner,
  sloop: ShimmedCommand,
): Promise<PrivateFolder> {
  const all = path.join(storeDir, 'agents');
  const folder = path.join(all, agent);
  const commandFolder = path.join(folder, 'bin');
  await removeAbandoned(all);
  await rm(folder, { recursive: true, force: true });
  await mkdir(commandFolder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await writeFile(path.join(folder, ownerFile), JSON.stringify(owner), { mode: 0o600 });
  await writeFile(path.join(commandFolder, 'sloop'), shellShim(sloop), { mode: 0o700 });
  if (process.platform === 'win32')
    await writeFile(path.join(commandFolder, 'sloop.cmd'), windowsShim(sloop));
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
    read: async (name) =>
      name === undefined
        ? undefined
        : readFile(path.join(folder, name), 'utf8').catch(ifAbsent<string | undefined>(undefined)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A process that was killed left its files, a token among them: whoever comes next takes them away. */
async function removeAbandoned(all: string): Promise<void> {
  for (const name of await readdir(all).catch(ifAbsent<string[]>([]))) {
    const text = await readFile(path.join(all, name, ownerFile), 'utf8').catch(ifAbsent(''));
    const owner = ownerOf(text);
    // One that has no owner yet is being made just now.
    if (owner !== undefined && !(await isSameProcess(owner.pid, owner.pidStartedAt)))
      await rm(path.join(all, name), { recursive: true, force: true });
  }
}

function ownerOf(text: string): FolderOwner | undefined {
  try {
    return JSON.parse(text) as FolderOwner;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const ifAbsent =
  <T>(otherwise: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return otherwise;
    throw error;
  };
