import type { ProjectId } from '../../domain/ids.ts';
import type { Repository } from '../../domain/repository/repository.ts';
import { repository } from '../schema/work.ts';
import type { Database } from '../sqlite/database.ts';
import { all, always, type Condition } from './conditions.ts';
import { NounTable } from './nounTable.ts';
import type { Reach } from './reach.ts';

/**
 * Repositories belong to any number of projects, by the pairs in project_repository: an agent reaches those of
 * its own project.
 */
export class RepositoryTable extends NounTable<Repository> {
  constructor(db: Database, reach: Reach) {
    super(db, reach, {
      noun: 'repository',
      table: repository,
      order: ['name'],
      owners: { project: null, session: null },
    });
  }

  override find(id: string): Repository | undefined {
    return this.all({ id: id as Repository['id'] })[0];
  }

  protected override scoped(condition: Condition): Condition {
    const { scope } = this.reach;
    if (scope.kind === 'all') return condition;
    return all([condition, linkedTo(scope.projectId)]);
  }
}

const linkedTo = (project: ProjectId | null): Condition =>
  project === null
    ? { sql: `NOT ${always.sql}`, values: [] }
    : { sql: 'id IN (SELECT repository_id FROM project_repository WHERE project_id = ?)', values: [project] };
