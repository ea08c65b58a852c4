import type { ProjectId, SprintId } from '../../domain/ids.ts';
import type { Sprint } from '../../domain/sprint/sprint.ts';
import type { SprintTable } from '../../domain/store.ts';
import { sprint } from '../schema/work.ts';
import type { Database } from '../sqlite/database.ts';
import { DependencyTable } from './dependencyTable.ts';
import { NounTable } from './nounTable.ts';
import type { Reach } from './reach.ts';

export class SqlSprintTable extends NounTable<Sprint> implements SprintTable {
  readonly dependencies: DependencyTable<SprintId>;

  constructor(db: Database, reach: Reach) {
    super(db, reach, { noun: 'sprint', table: sprint, order: ['number'], owners: { session: null } });
    this.dependencies = new DependencyTable(db, reach, 'sprint');
  }

  nextNumber(project: ProjectId): number {
    // The trail remembers numbers of sprints that are gone, so that none is given twice.
    const row = this.db.get(
      `SELECT max(n) AS last FROM (
         SELECT max(number) AS n FROM sprint WHERE project_id = ?1
         UNION ALL
         SELECT max(json_extract("to", '$.number')) FROM event WHERE project_id = ?1 AND noun = 'sprint' AND action = 'created'
       )`,
      [project],
    );
    return Number(row?.['last'] ?? 0) + 1;
  }
}
