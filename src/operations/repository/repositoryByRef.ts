import { refuseNow } from '../../base/result.ts';
import { repositoryId } from '../../domain/ids.ts';
import type { Repository } from '../../domain/repository/repository.ts';
import type { OperationContext } from '../operation.ts';

/** A repository by id or name. */
export function repositoryByRef({ tables }: OperationContext, ref: string): Repository {
  const byId = repositoryId.safeParse(ref);
  const found =
    (byId.success ? tables.repository.find(byId.data) : undefined) ??
    tables.repository.list({ name: ref }, { limit: 1 }).items[0];
  return (
    found ??
    refuseNow('missing', `There is no repository ${ref} here.`, 'List what there is: sloop repository list.')
  );
}
