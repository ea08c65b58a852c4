import { stat } from 'node:fs/promises';
import path from 'node:path';
import { git } from './git.ts';

/** What differs from the last commit, each path with a mark that changes when it is written; and the commit. */
export type WorkingTree = ReadonlyMap<string, string>;

/** Stands for the commit that is checked out, among the paths. */
const head = 'HEAD';

/** The state of the repository around `folder`; undefined where there is none, or none that git tells in time. */
export async function readWorkingTree(
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<WorkingTree | undefined> {
  const [root, status] = await Promise.all([
    git(folder, ['rev-parse', '--show-toplevel'], environment),
    git(
      folder,
      ['status', '--porcelain=v2', '--branch', '-z', '--no-renames', '--untracked-files=all'],
      environment,
    ),
  ]);
  if (root === undefined || status === undefined) return undefined;
  const tree = new Map<string, string>();
  for (const record of status.split('\0')) {
    const [name, state] = entryOf(record) ?? [];
    if (name === undefined || state === undefined) continue;
    const mark = name === head ? '' : await markOf(path.join(root.replace(/\n$/, ''), name));
    tree.set(name, `${state} ${mark}`);
  }
  return tree;
}

/** How many words stand before the path in each kind of line of `git status --porcelain=v2`. */
const wordsBefore: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 };

function entryOf(record: string): [name: string, state: string] | undefined {
  if (record.startsWith('# branch.oid ')) return [head, record];
  const words = wordsBefore[record.split(' ')[0] ?? ''];
  if (words === undefined) return undefined;
  const parts = record.split(' ');
  return [parts.slice(words).join(' '), parts.slice(0, words).join(' ')];
}

/** Files that were changed before may be changed again, which git's own line does not show. */
async function markOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size} ${mtimeMs}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'absent';
    return 'unreadable';
  }
}

/** Paths that are not as they were, in order; `HEAD` when another commit is checked out. */
export const changedPaths = (before: WorkingTree, after: WorkingTree): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .sort();

const mostShown = 5;
const longestName = 100;

/** For a person to judge: somebody else may have worked in the same folder at the same time. */
export function changesText(paths: readonly string[]): string {
  const shown = paths.slice(0, mostShown).map((name) => clip(name === head ? 'a commit' : name));
  const more = paths.length - shown.length;
  const list = `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
  return `Files were changed while it ran, although its role may only read: ${list}.`;
}

const clip = (text: string): string =>
  text.length <= longestName ? text : `…${text.slice(1 - longestName)}`;
