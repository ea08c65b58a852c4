import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** The file's real path where that lies in the folder; agents write these names, so links must not lead out of it. */
export async function insideFolder(folder: string, file: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const found = await realpath(path.resolve(root, file));
    return isInside(root, found) ? found : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Whether a path lies below a folder, by their names alone: both are to be real paths. */
export function isInside(folder: string, target: string): boolean {
  const way = path.relative(folder, target);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
