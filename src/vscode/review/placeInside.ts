import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import { isInside } from '../insideFolder.ts';

/**
 * Where a file of the given path would be written, if that lies in the folder. Agents name these paths, so links on
 * the way must not lead out of it either: the nearest folder that exists is looked at as it really is.
 */
export async function placeInside(folder: string, filepath: string): Promise<Result<string>> {
  const root = await realpath(folder);
  const target = path.resolve(root, filepath);
  if (!isInside(root, target)) return outside(filepath);
  const real = await realPlace(target);
  return isInside(root, real) ? ok(real) : outside(filepath);
}

const outside = (filepath: string): Result<never> =>
  refuse(
    'forbidden',
    `${filepath} lies outside of the workspace.`,
    'Copy the text, or give the artifact a path within the workspace.',
  );

async function realPlace(target: string): Promise<string> {
  try {
    return await realpath(target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return path.join(await realPlace(path.dirname(target)), path.basename(target));
  }
}
