import { readFile, lstat } from 'node:fs/promises';
import path from 'node:path';
import { excluding } from './agentGitSettings.ts';
import { commitOf } from './branches.ts';
import { ask, GitFailed, type Git } from './git.ts';

/** One file that differs. */
export interface ChangedFile {
  /** Relative to the repository's root, with slashes. */
  readonly path: string;
  /** Where it was before it was renamed. */
  readonly oldPath: string | null;
  readonly kind: 'added' | 'modified' | 'deleted' | 'renamed';
  /** Lines; null where it is not text. */
  readonly added: number | null;
  readonly removed: number | null;
}

export interface Changes {
  /** The commit that the work began at: the left side of its diff. */
  readonly from: string;
  /** The commit of its right side; null where that is the worktree's files as they are. */
  readonly to: string | null;
  readonly files: readonly ChangedFile[];
}

export interface ChangeRange {
  /** Branch or commit that the work is to end up in. */
  readonly base: string;
  /** Branch or commit of the work. */
  readonly head: string;
  /** The worktree in which it goes on: what is not committed yet counts too, and `head` is what is checked out. */
  readonly worktree?: string | undefined;
}

/** What a todo, an agent or a sprint changed since it left its base, files in order. */
export async function changesOf(git: Git, repository: string, range: ChangeRange): Promise<Changes> {
  const { worktree } = range;
  const folder = worktree ?? repository;
  const to = await mustResolve(git, folder, worktree === undefined ? range.head : 'HEAD');
  const from = await beginOf(git, folder, await mustResolve(git, folder, range.base), to);
  const words = [...diffWords, from, ...(worktree === undefined ? [to] : []), '--'];
  const tracked = parseDiff(await ask(git, folder, words, quiet));
  const untracked = worktree === undefined ? [] : await untrackedFiles(git, worktree);
  return {
    from,
    to: worktree === undefined ? to : null,
    files: [...tracked, ...untracked].sort((one, other) => (one.path < other.path ? -1 : 1)),
  };
}

/** A file as a commit or branch has it; undefined where it has none of that name. */
export async function fileAt(
  git: Git,
  repository: string,
  ref: string,
  file: string,
): Promise<Uint8Array | undefined> {
  const commit = await commitOf(git, repository, ref);
  if (commit === undefined) return undefined;
  const { code, bytes } = await git(repository, ['cat-file', 'blob', `${commit}:${file}`]);
  return code === 0 ? bytes : undefined;
}

/** Looking refreshes no index: the agent may be writing it. */
const quiet = { env: { GIT_OPTIONAL_LOCKS: '0' } };
const diffWords = [
  ...['diff', '--raw', '--numstat', '-z', '--find-renames', '--no-abbrev'],
  ...['--no-ext-diff', '--no-textconv', '--no-relative', '--no-color', '--ignore-submodules=dirty'],
] as const;

async function mustResolve(git: Git, folder: string, ref: string): Promise<string> {
  const commit = await commitOf(git, folder, ref);
  if (commit === undefined) throw new Error(`There is no ${ref} in ${folder}.`);
  return commit;
}

/** Where both part. Histories without a common commit are compared as they are. */
async function beginOf(git: Git, folder: string, base: string, head: string): Promise<string> {
  const answer = await git(folder, ['merge-base', base, head]);
  if (answer.code === 0) return answer.out.trim();
  if (answer.code === 1) return base;
  throw new GitFailed(['merge-base', base, head], answer);
}

const kinds: Readonly<Record<string, ChangedFile['kind']>> = { A: 'added', D: 'deleted', R: 'renamed' };

/** Reads `git diff --raw --numstat -z`: first a record and its paths for each file, then its counts. */
export function parseDiff(text: string): readonly ChangedFile[] {
  const parts = text.split('\0');
  const found = new Map<string, ChangedFile>();
  let at = 0;
  const take = (): string => parts[at++] ?? '';
  while (at < parts.length) {
    const record = take();
    if (record === '') continue;
    if (record.startsWith(':')) {
      const letter = record.split(' ').at(-1)?.[0] ?? 'M';
      const kind = kinds[letter] ?? 'modified';
      const oldPath = letter === 'R' || letter === 'C' ? take() : null;
      const name = take();
      found.set(name, { path: name, oldPath, kind, added: null, removed: null });
    } else {
      const [, added = '-', removed = '-', single = ''] = countsLine.exec(record) ?? [];
      if (single === '') take();
      const name = single === '' ? take() : single;
      const file = found.get(name);
      if (file !== undefined) found.set(name, { ...file, added: count(added), removed: count(removed) });
    }
  }
  return [...found.values()];
}

const countsLine = /^(\d+|-)\t(\d+|-)\t([^]*)$/;

const count = (text: string): number | null => (text === '-' ? null : Number(text));

const largestRead = 4 * 1024 * 1024;

async function untrackedFiles(git: Git, worktree: string): Promise<readonly ChangedFile[]> {
  const words = [...excluding(worktree), 'ls-files', '--others', '--exclude-standard', '-z'];
  const names = (await ask(git, worktree, words, quiet)).split('\0').filter((name) => name !== '');
  const files: ChangedFile[] = [];
  for (const name of names)
    files.push({
      path: name,
      oldPath: null,
      kind: 'added',
      added: await linesIn(path.join(worktree, name)),
      removed: 0,
    });
  return files;
}

/** Lines as git counts them; null where it is no text, too large to read, or gone again. */
async function linesIn(file: string): Promise<number | null> {
  try {
    const found = await lstat(file);
    if (!found.isFile() || found.size > largestRead) return null;
    const content = await readFile(file);
    if (content.includes(0)) return null;
    let lines = 0;
    for (const byte of content) if (byte === 10) lines += 1;
    return content.length > 0 && content.at(-1) !== 10 ? lines + 1 : lines;
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
