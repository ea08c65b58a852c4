import type { TodoId } from '../../domain/ids.ts';
import type { Page, PageRequest } from '../../domain/page.ts';
import type { ReadyFilter, TodoTable, Where } from '../../domain/store.ts';
import { todoGates, type Todo } from '../../domain/todo/todo.ts';
import { todo } from '../schema/work.ts';
import type { Database } from '../sqlite/database.ts';
import { all, matching } from './conditions.ts';
import { DependencyTable } from './dependencyTable.ts';
import type { Order } from './keyset.ts';
import type { Reach } from './reach.ts';
import { SearchableTable } from './searchableTable.ts';

const byPriorityThenAge: Order = { columns: ['priority_rank', 'created_at', 'id'], direction: 'asc' };

export class SqlTodoTable extends SearchableTable<Todo> implements TodoTable {
  readonly dependencies: DependencyTable<TodoId>;

  constructor(db: Database, reach: Reach) {
    super(db, reach, {
      noun: 'todo',
      table: todo,
      order: ['sortOrder'],
      onlyInSql: ['rowNumber', 'priorityRank'],
    });
    this.dependencies = new DependencyTable(db, reach, 'todo');
  }

  openDependencies(id: TodoId): readonly Todo[] {
    return this.select(
      {
        sql: `id IN (
            WITH RECURSIVE above(id) AS (
              VALUES (?) UNION ALL SELECT t.parent_id FROM above JOIN todo t ON t.id = above.id WHERE t.parent_id IS NOT NULL
            ) SELECT depends_on_id FROM todo_dependency WHERE todo_id IN above
          ) AND status NOT IN ('completed', 'cancelled')`,
        values: [id],
      },
      'ORDER BY sort_order, id',
    );
  }

  ready(filter: ReadyFilter, page: PageRequest): Page<Todo> {
    return this.#started({ ...filter, gate: 'auto' }, page);
  }

  gated(page: PageRequest): Page<Todo> {
    return this.#started({ gate: todoGates.filter((gate) => gate !== 'auto') }, page);
  }

  #started(where: Where<Todo>, page: PageRequest): Page<Todo> {
    // A todo that waits for another is never `pending`: operations/todo/blocking.ts sees to it on every path.
    const condition = all([
      matching(this.codec, { ...where, status: 'pending' }),
      {
        sql: `sprint_id IS NULL OR sprint_id IN (SELECT id FROM sprint WHERE status = 'in_progress')`,
        values: [],
      },
    ]);
    return this.page(this.scoped(condition), byPriorityThenAge, page);
  }

  promoted(): readonly Todo[] {
    return this.select(
      this.scoped({ sql: 'promoted_at IS NOT NULL', values: [] }),
      'ORDER BY promoted_at, sort_order, id',
    );
  }

  subtree(id: TodoId): readonly TodoId[] {
    return this.db
      .all(
        `WITH RECURSIVE below(id, depth) AS (
           VALUES (?, 0) UNION ALL SELECT todo.id, below.depth + 1 FROM below JOIN todo ON todo.parent_id = below.id
         ) SELECT id FROM below ORDER BY depth`,
        [id],
      )
      .map((row) => row['id'] as TodoId);
  }

  nextSortOrder(): number {
    return Number(this.db.get('SELECT max(sort_order) AS last FROM todo', [])?.['last'] ?? 0) + 1;
  }
}
