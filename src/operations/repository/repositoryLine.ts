import { repository, type Repository } from '../../domain/repository/repository.ts';

/** A repository as lists show it. */
export const repositoryLine = repository.pick({
  id: true,
  name: true,
  path: true,
  url: true,
  defaultBranch: true,
});

export const toRepositoryLine = ({ id, name, path, url, defaultBranch }: Repository) => ({
  id,
  name,
  path,
  url,
  defaultBranch,
});
