import type { ProjectId } from '../../domain/ids.ts';
import type { Repository } from '../../domain/repository/repository.ts';
import { insertRepository } from '../repository/insertRepository.ts';
import type { OperationContext } from '../operation.ts';

/** What is known of a repository; an agent's reach may hide its row. */
export type KnownRepository = Pick<
  Repository,
  'name' | 'path' | 'url' | 'defaultBranch' | 'lastFetchedAt' | 'copyFiles' | 'linkFolders' | 'setUpCommand'
> & { readonly id: Repository['id'] | null };

/** The repositories that work of a project touches: its own, else the workspace's; none where there is no git. */
export function projectRepositories(
  context: OperationContext,
  project: ProjectId | null,
): readonly KnownRepository[] {
  const { tables } = context;
  const own = project === null ? [] : tables.project.repositories(project);
  const found = own.flatMap((id) => tables.repository.find(id) ?? []);
  if (found.length > 0) return found;
  const workspace = workspaceRepository(context);
  return workspace === null ? [] : [workspace];
}

/** The workspace's own repository. It is registered when it is first needed. */
export function workspaceRepository(context: OperationContext): KnownRepository | null {
  const { probe, workspaceRoot, caller } = context;
  const found = probe.inspect(workspaceRoot);
  if (found.kind !== 'found') return null;
  const known = repositoryAt(context, found.root);
  if (known !== undefined) return known;
  const { root: path, defaultBranch } = found;
  // An agent does not see other projects' repositories, so it cannot tell a new one: the engine finds it by path.
  if (caller.kind === 'agent') return { ...nothingKnown, name: path, path, defaultBranch };
  return insertRepository(context, { path, defaultBranch });
}

export const repositoryAt = ({ tables }: OperationContext, path: string): Repository | undefined =>
  tables.repository.all({ path })[0];

const nothingKnown = {
  id: null,
  url: null,
  lastFetchedAt: null,
  copyFiles: [],
  linkFolders: [],
  setUpCommand: [],
};
