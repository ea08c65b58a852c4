import assert from 'node:assert/strict';
import type { ProjectId, SessionId, TodoId } from '../../../../src/domain/ids.ts';
import type { Scope } from '../../../../src/domain/caller.ts';
import { Refused } from '../../../../src/base/result.ts';
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

async function openTables() {
  const database = await MemoryDatabase.open(migrations.map((migration) => migration.sql));
  const reach = new Reach();
  const tables = createTables(database as never, reach);
  reach.during(everything, () => {
    tables.project.insert(aProject({ id: ours, slug: 'ours' }));
    tables.project.insert(aProject({ id: theirs, slug: 'theirs' }));
    tables.session.insert(aSession({ id: session }));
  });
  return { database, reach, tables };
}

describe('a noun table', () => {
  it('returns the row that went in, with null kept apart from false, 0 and the empty list', async () => {
    const { reach, tables } = await openTables();
    const rows = [
      aTodo({ id: 'aaaaaaaa' as TodoId, requiresApproval: null, successCriteria: [], feedbackQuality: null }),
      aTodo({
        id: 'bbbbbbbb' as TodoId,
        requiresApproval: false,
        successCriteria: [{ criterion: 'fast', measurable: null }],
        estimatedHours: 0.5,
      }),
    ];
    reach.during(everything, () => rows.forEach((row) => tables.todo.insert(row)));
    for (const row of rows)
      assert.deepEqual(
        reach.during(everything, () => tables.todo.find(row.id)),
        row,
      );
  });

  it('hides and refuses what lies in another project', async () => {
    const { reach, tables } = await openTables();
    const foreign = aTodo({ projectId: theirs });
    reach.during(everything, () => tables.todo.insert(foreign));
    reach.during(agentOfOurs, () => {
      assert.equal(tables.todo.find(foreign.id), undefined);
      assert.equal(tables.todo.count({}), 0);
      assert.deepEqual(tables.todo.list({}, { limit: 10 }).items, []);
      assert.throws(() => tables.todo.update({ ...foreign, title: 'mine now' }), Refused);
      assert.throws(() => tables.todo.update({ ...foreign, projectId: ours }), Refused);
      assert.throws(() => tables.todo.remove(foreign.id), Refused);
      assert.throws(
        () => tables.todo.insert(aTodo({ id: 'cccccccc' as TodoId, projectId: theirs })),
        Refused,
      );
      assert.equal(tables.project.find(theirs), undefined);
    });
  });

  it('shows rows without a project to their own session only', async () => {
    const { reach, tables } = await openTables();
    const own = aTodo({ id: 'aaaaaaaa' as TodoId, sessionId: session });
    const other = aTodo({ id: 'bbbbbbbb' as TodoId });
    reach.during(everything, () => [own, other].forEach((row) => tables.todo.insert(row)));
    assert.deepEqual(
      reach.during(agentOfOurs, () => tables.todo.list({}, { limit: 10 }).items.map((row) => row.id)),
      [own.id],
    );
  });

  it('records what changed, from what to what, and nothing where nothing did', async () => {
    const { reach, tables } = await openTables();
    const todo = aTodo({ title: 'before', description: 'x'.repeat(500) });
    const changes = reach.during(everything, (changes) => {
      tables.todo.insert(todo);
      tables.todo.update({ ...todo, title: 'after', updatedAt: todo.createdAt });
      tables.todo.update({ ...todo, title: 'after' });
      tables.todo.remove(todo.id);
      return changes;
    });
    assert.deepEqual(
      changes.map(({ action, from, to }) => [action, from?.['title'], to?.['title']]),
      [
        ['created', undefined, 'before'],
        ['updated', 'before', 'after'],
        ['deleted', 'after', undefined],
      ],
    );
    assert.match(String(changes[0]?.to?.['description']), /^x{200}… \(500 characters\)$/);
  });

  it('never gives an id again, not even after its row is gone', async () => {
    const { reach, tables } = await openTables();
    const todo = aTodo();
    reach.during(everything, (changes) => {
      tables.todo.insert(todo);
      tables.todo.remove(todo.id);
      for (const change of changes)
        tables.event.append({
          ...change,
          time: todo.createdAt,
          operation: 'todo.delete',
          surface: 'cli',
          callerKind: 'person',
          caller: 'person',
          durationMs: 0,
        });
      assert.equal(tables.todo.find(todo.id), undefined);
      assert.equal(tables.todo.isTaken(todo.id), true);
    });
  });

  it('refuses a page key that no list returned', async () => {
    const { reach, tables } = await openTables();
    for (const after of [
      'nonsense',
      Buffer.from('[1]').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
    ])
      reach.during(everything, () => assert.throws(() => tables.todo.list({}, { limit: 1, after }), Refused));
  });

  it('uses an index for every list that a person or a tree makes', async () => {
    const { database } = await openTables();
    const plan = (sql: string) =>
      database
        .all(`EXPLAIN QUERY PLAN ${sql}`, [])
        .map((row) => String(row['detail']))
        .join('; ');
    const lists = [
      `SELECT * FROM todo WHERE project_id = 'x' AND status IN ('pending') ORDER BY sort_order, id`,
      `SELECT * FROM todo WHERE sprint_id = 'x' ORDER BY sort_order, id`,
      `SELECT * FROM todo WHERE parent_id = 'x' ORDER BY sort_order, id LIMIT 50`,
      `SELECT * FROM todo WHERE status = 'pending' AND gate = 'auto' ORDER BY priority_rank, created_at, id LIMIT 50`,
      `SELECT * FROM sprint WHERE project_id = 'x' ORDER BY number, id`,
      `SELECT * FROM artifact WHERE parent_id = 'x' ORDER BY sort_order, id`,
      `SELECT * FROM loop ORDER BY started_at DESC, id DESC LIMIT 50`,
      `SELECT * FROM agent WHERE status IN ('running') ORDER BY created_at DESC, id DESC`,
      `SELECT * FROM stage WHERE iteration_id = 'x' ORDER BY position, id`,
      `SELECT * FROM message WHERE recipient_kind = 'person' AND status = 'pending'`,
      `SELECT * FROM event WHERE entity_id = 'x' ORDER BY sequence DESC`,
    ];
    for (const sql of lists) assert.doesNotMatch(plan(sql), /SCAN (?!.*USING)/, sql);
    // What a page says is left after it must not read rows: at 100,000 todos that took 75 ms.
    const left = `SELECT count(*) FROM todo WHERE status IN ('pending', 'blocked') AND (sort_order, id) > (1, 'x')`;
    assert.match(plan(left), /USING COVERING INDEX/);
  });
});
