import { z } from 'zod';
import { instant } from '../instant.ts';
import { repositoryId } from '../ids.ts';

/** A git repository that projects work in. */
export const repository = z.object({
  id: repositoryId,
  name: z.string().min(1).max(100),
  path: z.string().nullable().describe('Absolute path of its root'),
  url: z.string().nullable(),
  defaultBranch: z.string(),
  lastFetchedAt: instant.nullable(),
  copyFiles: z.array(z.string()).describe('Files that a new worktree gets a copy of, such as .env'),
  linkFolders: z.array(z.string()).describe('Folders that a new worktree links to, such as node_modules'),
  setUpCommand: z.array(z.string()).describe('Program and arguments run once in a new worktree; empty: none'),
  createdAt: instant,
  updatedAt: instant,
});
export type Repository = z.infer<typeof repository>;

export type FoundRepository =
  | { readonly kind: 'absent' }
  | { readonly kind: 'not_git' }
  | { readonly kind: 'found'; readonly root: string; readonly defaultBranch: string };

/** Looks at the disk, briefly and synchronously, so that an operation can check what it is told. */
export interface RepositoryProbe {
  inspect(path: string): FoundRepository;
  /**
   * The commit at which a branch stands; null where there is no such branch. `unreadable` where the repository keeps
   * its branches in a form that is not read here: then nothing is known.
   */
  tipOf(path: string, branch: string): string | null;
}
