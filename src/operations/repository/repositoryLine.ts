import { repository } from '../../domain/repository/repository.ts';
import { cutTo } from '../cutTo.ts';

/** A repository as lists show it. */
export const repositoryLine = repository.pick({
  id: true,
  name: true,
  path: true,
  url: true,
  defaultBranch: true,
});

export const toRepositoryLine = cutTo(repositoryLine);
