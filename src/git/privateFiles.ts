import { ask, type Git } from './git.ts';

/**
 * Files among `names` that commits of the work added, also where a later one deleted them again: what was copied
 * into a worktree (a .env) must not reach a branch that others see.
 */
export async function privateFilesIn(
  git: Git,
  repository: string,
  {
    target,
    source,
    names,
  }: { readonly target: string; readonly source: string; readonly names: readonly string[] },
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const words = [
    'log',
    '--diff-filter=A',
    '--name-only',
    '--format=',
    '-z',
    '--no-renames',
    `${target}..${source}`,
  ];
  const out = await ask(git, repository, ['--literal-pathspecs', ...words, '--', ...names]);
  return [...new Set(out.split('\0').filter((name) => name !== ''))].sort();
}
