import type { ProjectId, RepositoryId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project/project.ts';
import type { ProjectTable } from '../../domain/store.ts';
import { project } from '../schema/work.ts';
import type { Database } from '../sqlite/database.ts';
import { NounTable } from './nounTable.ts';
import type { Reach } from './reach.ts';

export class SqlProjectTable extends NounTable<Project> implements ProjectTable {
  constructor(db: Database, reach: Reach) {
    super(db, reach, {
      noun: 'project',
      table: project,
      order: ['createdAt'],
      owners: { project: 'id', session: null },
    });
  }

  findBySlug(slug: string): Project | undefined {
    return this.all({ slug })[0];
  }

  repositories(id: ProjectId): readonly RepositoryId[] {
    return this.db
      .all('SELECT repository_id AS id FROM project_repository WHERE project_id = ? ORDER BY rowid', [id])
      .map((row) => row['id'] as RepositoryId);
  }

  addRepository(id: ProjectId, repository: RepositoryId): void {
    const sql = 'INSERT OR IGNORE INTO project_repository (project_id, repository_id) VALUES (?, ?)';
    if (this.db.run(sql, [id, repository]) > 0) this.#record(id, null, { repository });
  }

  removeRepository(id: ProjectId, repository: RepositoryId): void {
    const sql = 'DELETE FROM project_repository WHERE project_id = ? AND repository_id = ?';
    if (this.db.run(sql, [id, repository]) > 0) this.#record(id, { repository }, null);
  }

  #record(id: ProjectId, from: Record<string, unknown> | null, to: Record<string, unknown> | null): void {
    const change = {
      noun: 'project',
      action: 'updated',
      entityId: id,
      projectId: id,
      sessionId: null,
    } as const;
    this.reach.record({ ...change, from, to });
  }
}
