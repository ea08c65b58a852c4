import type { Git } from './git.ts';

/** Who commits: the user as their git knows them, or Sloop where it knows nobody. */
export async function identity(git: Git, folder: string): Promise<Readonly<Record<string, string>>> {
  const { code } = await git(folder, ['-c', 'user.useConfigOnly=true', 'var', 'GIT_COMMITTER_IDENT']);
  if (code === 0) return {};
  return {
    GIT_AUTHOR_NAME: 'Sloop',
    GIT_AUTHOR_EMAIL: 'sloop@localhost',
    GIT_COMMITTER_NAME: 'Sloop',
    GIT_COMMITTER_EMAIL: 'sloop@localhost',
  };
}
