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
  const real = await realPathOf(folder);
  if (real !== null) return real;
  const parent = path.dirname(folder);
  return parent === folder ? folder : path.join(await realpathOf(parent), path.basename(folder));
}

/** Null where nothing is there, or is not any more: another worktree may be removed at this very moment. */
async function realPathOf(file: string): Promise<string | null> {
  try {
    return await realpath(file);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** What stands at a path itself, without following a link; null where nothing does. */
export async function lstatOf(file: string) {
  try {
    return await lstat(file);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** Where a path leads in truth; the path itself where nothing is there. */
export const realPathOr = async (file: string): Promise<string> =>
  (await realPathOf(file)) ?? path.resolve(file);
