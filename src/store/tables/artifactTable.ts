import type { Artifact } from '../../domain/artifact/artifact.ts';
import type { Page, PageRequest } from '../../domain/page.ts';
import type { ArtifactTable, Where } from '../../domain/store.ts';
import { artifact } from '../schema/work.ts';
import type { Database } from '../sqlite/database.ts';
import { matching } from './conditions.ts';
import type { Reach } from './reach.ts';
import { SearchableTable } from './searchableTable.ts';

export class SqlArtifactTable extends SearchableTable<Artifact> implements ArtifactTable {
  constructor(db: Database, reach: Reach) {
    super(db, reach, {
      noun: 'artifact',
      table: artifact,
      order: ['sortOrder'],
      onlyInSql: ['rowNumber'],
      readByChildren: true,
    });
  }

  recent(where: Where<Artifact>, page: PageRequest): Page<Artifact> {
    const condition = this.scoped(matching(this.codec, where));
    return this.page(condition, { columns: ['updated_at', 'id'], direction: 'desc' }, page);
  }

  nextSortOrder(): number {
    return Number(this.db.get('SELECT max(sort_order) AS last FROM artifact', [])?.['last'] ?? 0) + 1;
  }
}
