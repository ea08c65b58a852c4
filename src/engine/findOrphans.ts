import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isAgentFolder } from '../git/agentGitSettings.ts';
import { lstatOf, realPathOr } from '../git/ownFolder.ts';

/** A folder among Sloop's worktrees that no row tells of. */
export interface Orphan {
  readonly path: string;
  /** After its agent, as Sloop names folders. */
  readonly agent: string;
}

/** Looks through Sloop's folder of worktrees. Links are not followed: what they lead to is not Sloop's. */
export async function findOrphans(own: string, known: readonly string[]): Promise<readonly Orphan[]> {
  if ((await lstatOf(own)) === null) return [];
  const rows = new Set([...known, ...(await Promise.all(known.map(realPathOr)))]);
  const orphans: Orphan[] = [];
  for (const agent of await foldersIn(own)) {
    if (!isAgentFolder(agent)) continue;
    const folder = path.join(own, agent);
    const inside = (await foldersIn(folder)).map((name) => path.join(folder, name));
    const isWorktree = (await lstatOf(path.join(folder, '.git'))) !== null;
    const holdsWorktrees = inside.some((one) => rows.has(one)) || (await anyIsWorktree(inside));
    const found = !isWorktree && holdsWorktrees ? inside : [folder];
    for (const one of found)
      if (!rows.has(one) && !rows.has(await realPathOr(one))) orphans.push({ path: one, agent });
  }
  return orphans;
}

async function anyIsWorktree(folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) if ((await lstatOf(path.join(folder, '.git'))) !== null) return true;
  return false;
}

const foldersIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
