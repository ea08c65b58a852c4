import type { Repository } from '../../domain/repository/repository.ts';
import { insertFresh } from '../insertFresh.ts';
import type { OperationContext } from '../operation.ts';

/** Registers the repository at a path that is known to be one and to be new, under a name that is free. */
export function insertRepository(
  context: OperationContext,
  { path, defaultBranch }: { readonly path: string; readonly defaultBranch: string },
): Repository {
  const { tables, now } = context;
  return insertFresh(context, tables.repository, 'repository', {
    name: freeName(context, lastFolder(path)),
    path,
    url: null,
    defaultBranch,
    lastFetchedAt: null,
    copyFiles: [],
    linkFolders: [],
    setUpCommand: [],
    createdAt: now,
    updatedAt: now,
  });
}

export const lastFolder = (path: string): string =>
  path.split(/[\\/]/).findLast((part) => part !== '') ?? path;

function freeName({ tables }: OperationContext, wanted: string): string {
  const isTaken = (name: string): boolean => tables.repository.count({ name }) > 0;
  let name = wanted;
  for (let number = 2; isTaken(name); number += 1) name = `${wanted}-${number}`;
  return name;
}
