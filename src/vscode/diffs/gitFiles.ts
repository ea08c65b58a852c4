import { changesOf, fileAt, type Changes } from '../../git/changes.ts';
import { createGit } from '../../git/git.ts';
import type { OutputOf } from '../../operations/client.ts';

export type DiffRange = OutputOf<'worktree.diffOf'>['ranges'][number];

/** What git says of repositories and worktrees. It is loaded when somebody looks at changes for the first time. */
export interface GitFiles {
  changes(range: DiffRange): Promise<Changes>;
  /** A file as a commit has it; undefined where that has none of the name. */
  at(repository: string, commit: string, file: string): Promise<Uint8Array | undefined>;
}

export function createGitFiles(): GitFiles {
  const git = createGit(process.env);
  return {
    changes: ({ repositoryPath, base, head, worktree }) =>
      changesOf(git, repositoryPath, { base, head, worktree: worktree ?? undefined }),
    at: (repository, commit, file) => fileAt(git, repository, commit, file),
  };
}
