import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ok, refuse, type Result } from '../base/result.ts';

/**
 * The one place that decides whether a folder is Sloop's own to make and to delete: it lies below `own`, by its
 * name and in truth. A symbolic link on the way leads elsewhere, so it is refused wherever it leads.
 * The value is the folder's real path; the folder need not be there.
 */
export async function ownFolder(folder: string, own: string): Promise<Result<string>> {
  const root = path.resolve(own);
  const wanted = path.resolve(folder);
  const below = path.relative(root, wanted);
  if (!path.isAbsolute(folder) || below === '' || path.isAbsolute(below) || isAbove(below))
    return notOurs(folder, own, 'it lies outside');
  const realRoot = await realpathOf(root);
  let at = realRoot;
  for (const name of below.split(path.sep)) {
    at = path.join(at, name);
    const found = await lstatOf(at);
    if (found === null) break;
    if (found.isSymbolicLink()) return notOurs(folder, own, `${at} is a link`);
    if (!found.isDirectory()) return notOurs(folder, own, `${at} is no folder`);
  }
  return ok(path.join(realRoot, below));
}

const isAbove = (relative: string): boolean => relative.split(path.sep).includes('..');

const notOurs = (folder: string, own: string, why: string): Result<never> =>
  refuse(
    'forbidden',
    `${folder} is not one of the worktrees in ${own}: ${why}.`,
    'Look at it yourself; Sloop leaves it as it is.',
  );

/** Of what is not there yet: its nearest folder that is, really, and the rest as it is named. */
async function realpathOf(folder: string): Promise<string> {
  if ((await lstatOf(folder)) !== null) return realpath(folder);
  const parent = path.dirname(folder);
  return parent === folder ? folder : path.join(await realpathOf(parent), path.basename(folder));
}

/** What stands at a path itself, without following a link; null where nothing does. */
export async function lstatOf(file: string) {
  try {
    return await lstat(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** Where a path leads in truth; the path itself where nothing is there. */
export async function realPathOr(file: string): Promise<string> {
  return (await lstatOf(file)) === null ? path.resolve(file) : realpath(file);
}
