import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathKey } from './pathKey.ts';

/** Where one workspace's store is. */
export interface Registration {
  readonly workspace: string;
  readonly storeDir: string;
}

/**
 * Which workspace has its store where, in the user's data folder: editors, `sloop serve` and a CLI in any shell
 * find the same store by it. One small file per workspace, replaced whole, so that writers never contend.
 */
export interface Registry {
  /** The store of the nearest registered folder at or above `folder`. */
  find(folder: string): Registration | undefined;
  register(registration: Registration): void;
  /** Those whose folder is gone: it was moved or removed. */
  missing(): readonly Registration[];
  /** Where a workspace's store is kept when nothing else says. */
  defaultStore(workspace: string): string;
}

export function createRegistry(dataFolder: string): Registry {
  const folder = path.join(dataFolder, 'workspaces');
  const fileOf = (workspace: string) => path.join(folder, `${pathKey(workspace)}.json`);

  function find(from: string): Registration | undefined {
    for (let at = realPath(from); ; at = path.dirname(at)) {
      const found = readRegistration(fileOf(at));
      if (found?.workspace === at) return found;
      if (at === path.dirname(at)) return undefined;
    }
  }

  function register(registration: Registration): void {
    mkdirSync(folder, { recursive: true });
    const file = fileOf(registration.workspace);
    const fresh = `${file}.${process.pid}.tmp`;
    writeFileSync(fresh, JSON.stringify(registration, null, 2));
    renameSync(fresh, file);
  }

  function missing(): readonly Registration[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => readRegistration(path.join(folder, name)) ?? [])
      .filter(({ workspace }) => !existsSync(workspace));
  }

  return {
    find,
    register,
    missing,
    defaultStore: (workspace) => path.join(dataFolder, 'stores', pathKey(workspace)),
  };
}

/** The workspace that a folder belongs to: the root of its repository, else the folder itself. */
export function workspaceOf(folder: string): string {
  const start = realPath(folder);
  for (let at = start; ; at = path.dirname(at)) {
    if (isRepository(path.join(at, '.git'))) return at;
    if (at === path.dirname(at)) return start;
  }
}

/** A repository's own folder, or the file that a worktree or submodule has instead. An empty `.git` is neither. */
const isRepository = (git: string): boolean =>
  existsSync(path.join(git, 'HEAD')) || statSync(git, { throwIfNoEntry: false })?.isFile() === true;

/** A folder that is gone still has a name to look for. */
function realPath(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return path.resolve(folder);
    throw error;
  }
}

function readRegistration(file: string): Registration | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Registration;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
