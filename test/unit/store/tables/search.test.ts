import assert from 'node:assert/strict';
import type { Scope } from '../../../../src/domain/caller.ts';
import type { ProjectId, SessionId, TodoId } from '../../../../src/domain/ids.ts';
import type { Page } from '../../../../src/domain/page.ts';
import type { Todo } from '../../../../src/domain/todo/todo.ts';
import { migrations } from '../../../../src/store/migrations.ts';
import { createTables } from '../../../../src/store/tables/createTables.ts';
import { Reach } from '../../../../src/store/tables/reach.ts';
import { aProject, aSession, aTodo } from '../../../support/builders.ts';
import { MemoryDatabase } from '../../../support/memoryDatabase.ts';

const everything: Scope = { kind: 'all' };
const ours = 'project00001' as ProjectId;
const theirs = 'project00002' as ProjectId;
const session = 'session00001' as SessionId;
const agentOfOurs: Scope = { kind: 'project', projectId: ours, sessionId: session };

/** Thirty todos: every third has the word in its title, the others in their description; every fifth is theirs. */
async function openSearch() {
  const database = await MemoryDatabase.open(migrations.map((migration) => migration.sql));
  const reach = new Reach();
  const { todo, project, session: sessions } = createTables(database as never, reach);
  const rows = Array.from({ length: 30 }, (_, index) =>
    aTodo({
      id: `todo${String(index).padStart(4, '0')}` as TodoId,
      projectId: index % 5 === 0 ? theirs : ours,
      title: index % 3 === 0 ? `Parser ${index}` : `Writer ${index}`,
      description: index % 3 === 0 ? 'Something else' : 'As the parser does it',
    }),
  );
  reach.during(everything, () => {
    project.insert(aProject({ id: ours, slug: 'ours' }));
    project.insert(aProject({ id: theirs, slug: 'theirs' }));
    sessions.insert(aSession({ id: session }));
    for (const row of rows) todo.insert(row);
  });
  const search = (scope: Scope, limit: number, after?: string): Page<Todo> =>
    reach.during(scope, () => todo.search('parser', { limit, after }));
  return { rows, search, todo };
}

/** Titles first, newer before older. */
const ranked = (rows: readonly Todo[]): TodoId[] => {
  const newestFirst = [...rows].reverse();
  const inTitle = (row: Todo) => row.title.startsWith('Parser');
  return [...newestFirst.filter(inTitle), ...newestFirst.filter((row) => !inTitle(row))].map(({ id }) => id);
};

describe('a search', () => {
  for (const limit of [1, 3, 7, 10, 29, 30, 50])
    it(`shows titles first, newer before older, in pages of ${limit}`, async () => {
      const { rows, search } = await openSearch();
      for (const [scope, reached] of [
        [everything, rows],
        [agentOfOurs, rows.filter(({ projectId }) => projectId === ours)],
      ] as const) {
        const found: TodoId[] = [];
        for (let page = search(scope, limit); ; page = search(scope, limit, page.next ?? undefined)) {
          found.push(...page.items.map(({ id }) => id));
          assert.equal(page.more, reached.length - found.length);
          if (page.next === null) break;
        }
        assert.deepEqual(found, ranked(reached));
      }
    });

  it('of no word finds nothing', async () => {
    const { todo } = await openSearch();
    assert.deepEqual(todo.search('!?', { limit: 10 }), { items: [], more: 0, next: null });
  });
});
