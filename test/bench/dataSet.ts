import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { expectOk } from '../../src/base/result.ts';
import type { SprintId, TodoId } from '../../src/domain/ids.ts';
import { logMigrations, migrations } from '../../src/store/migrations.ts';
import { openStore, type Store } from '../../src/store/openStore.ts';
import type { Database } from '../../src/store/sqlite/database.ts';

/** Where generated data and copies lie; git ignores it. */
export const benchFolder = path.resolve('out/bench');

const epoch = '2026-01-05T12:00:00.000Z';

/** Ids look random, as real ones do, and can be computed: the same arithmetic stands in the SQL below. */
export const todoIdOf = (number: number): TodoId =>
  (Math.imul(number, 2654435761) >>> 0).toString(16).padStart(8, '0') as TodoId;

export const sprintIdOf = (project: number, sprint: number): SprintId =>
  `sprint${project}0000${sprint}` as SprintId;

const idSql = (number: string) => `printf('%08x', (${number} * 2654435761) & 4294967295)`;

/** Words of titles and descriptions: common ones at the front, as in real text. */
const words =
  `add fix test update remove check write review parser login page export import session cache index search tree
   list view button form table report agent prompt token retry timeout queue worker socket header cookie router schema
   migration backup restore branch merge commit release version plan sprint todo artifact comment loop stage role
   provider account quota budget deadline limit error warning message answer question inbox thread reader writer buffer
   stream pipe signal process terminal window editor theme colour icon label menu palette command keybinding setting
   default override fallback adapter gateway client server request reply refusal permission scope project repository
   workspace folder file path symlink encoding newline unicode emoji locale timezone clock calendar duration estimate`
    .trim()
    .split(/\s+/);

/** Makes the data set once per size and schema; later runs find it. */
export async function dataSet(size: number): Promise<string> {
  const schema = createHash('sha256')
    .update(migrations.map(({ sql }) => sql).join(''))
    .update(generation(size))
    .digest('hex')
    .slice(0, 12);
  const folder = path.join(benchFolder, `todos-${size}-${schema}`);
  if (existsSync(folder)) return folder;
  mkdirSync(benchFolder, { recursive: true });
  const fresh = mkdtempSync(path.join(benchFolder, 'new-'));
  const store = await openBenchStore(fresh);
  store.main.exec('PRAGMA synchronous=OFF; PRAGMA cache_size=-400000');
  store.main.transaction(() => store.main.exec(generation(size)));
  await store.close();
  renameSync(fresh, folder);
  return folder;
}

/** Removes what a run that was broken off left behind. */
export function removeLeftovers(): void {
  if (!existsSync(benchFolder)) return;
  for (const name of readdirSync(benchFolder))
    if (/^(copy|new|loop)-/.test(name)) removeFolder(path.join(benchFolder, name));
}

/** A copy that a measurement may change; the caller removes it. */
export async function copyOfDataSet(size: number): Promise<string> {
  const folder = await dataSet(size);
  const copy = mkdtempSync(path.join(benchFolder, 'copy-'));
  cpSync(folder, copy, { recursive: true });
  return copy;
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

export async function openBenchStore(dir: string): Promise<Store & { readonly main: Database }> {
  return expectOk(
    await openStore({ dir, migrations, logMigrations, clock: systemClock, logger: silentLogger }),
  );
}

/**
 * Nine projects with six sprints each, three of them started; todos in a tree with ten under each. Every fourth
 * todo waits for two others and is blocked while one of them is open, as operations/todo/blocking.ts would have it.
 */
const generation = (size: number): string => `
  CREATE TEMP TABLE word (n INTEGER PRIMARY KEY, word TEXT);
  INSERT INTO word SELECT key, value FROM json_each('${JSON.stringify(words)}');
  CREATE TEMP TABLE number (n INTEGER PRIMARY KEY);
  INSERT INTO number WITH RECURSIVE up(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM up WHERE n < ${size}) SELECT n FROM up;
  INSERT INTO session (id, title, origin, status, last_activity_at, created_at, updated_at)
    VALUES ('session00001', 'Bench', 'person', 'open', '${epoch}', '${epoch}', '${epoch}');
  INSERT INTO project (id, slug, title, description, status, mode, merge_requires_approval, todos_require_approval, created_at, updated_at)
    SELECT 'project0000' || n, 'project-' || n, 'Project ' || n, '', 'active', 'autonomous', 0, 0, '${epoch}', '${epoch}'
    FROM number WHERE n < 10;
  INSERT INTO sprint (id, project_id, number, title, goal, plan, status, acceptance_criteria, review_round, max_review_rounds, origin, created_at, updated_at)
    SELECT 'sprint' || p.n || '0000' || s.n, 'project0000' || p.n, s.n, 'Sprint ' || s.n, '', '',
      CASE WHEN s.n < 4 THEN 'in_progress' ELSE 'planned' END, '[]', 0, 3, 'person', '${epoch}', '${epoch}'
    FROM number p, number s WHERE p.n < 10 AND s.n < 7;
  INSERT INTO todo (id, title, description, kind, category, gate, status, priority, sort_order, parent_id, project_id,
      sprint_id, session_id, created_by, acceptance_criteria, success_criteria, created_at, updated_at)
    SELECT ${idSql('n')},
      ${word('number.n % 17')} || ' ' || ${word(`number.n * 7919 / 13 % ${words.length}`)} || ' ' || ${word(`number.n * 104729 / 7 % ${words.length}`)},
      'See ' || ${word(`number.n * 31 % ${words.length}`)} || ' and ' || ${word(`number.n * 57 / 5 % ${words.length}`)} || ' before the '
        || ${word(`number.n * 1299709 / 3 % ${words.length}`)} || ' goes out; number ' || n || '.',
      CASE WHEN n < ${size} / 10 THEN 'story' ELSE 'task' END, 'execute',
      CASE WHEN n % 11 = 0 THEN 'human-verify' ELSE 'auto' END,
      CASE WHEN n * 7919 / 64 % 20 < 8 THEN 'pending' WHEN n * 7919 / 64 % 20 < 17 THEN 'completed'
        WHEN n * 7919 / 64 % 20 < 18 THEN 'in_progress' ELSE 'cancelled' END,
      CASE WHEN n * 31 / 8 % 20 = 0 THEN 'critical' WHEN n * 31 / 8 % 20 < 5 THEN 'high'
        WHEN n * 31 / 8 % 20 < 15 THEN 'medium' ELSE 'low' END,
      n, CASE WHEN n < 10 THEN NULL ELSE ${idSql('(n / 10)')} END, 'project0000' || substr(n, 1, 1),
      CASE WHEN n % 5 = 0 THEN NULL ELSE 'sprint' || substr(n, 1, 1) || '0000' || (n % 6 + 1) END,
      'session00001', 'person', '[]', '[]',
      strftime('%Y-%m-%dT%H:%M:%fZ', '2026-01-05T12:00:00', '+' || n || ' seconds'),
      strftime('%Y-%m-%dT%H:%M:%fZ', '2026-01-05T12:00:00', '+' || n || ' seconds')
    FROM number ORDER BY n;
  INSERT INTO todo_dependency (todo_id, depends_on_id)
    SELECT ${idSql('n')}, ${idSql('(n - 1)')} FROM number WHERE n % 4 = 0 AND n > 8
    UNION ALL SELECT ${idSql('n')}, ${idSql('(n - 7)')} FROM number WHERE n % 4 = 0 AND n > 8;
  UPDATE todo SET status = 'blocked' WHERE status = 'pending' AND id IN (
    SELECT d.todo_id FROM todo_dependency d JOIN todo t ON t.id = d.depends_on_id WHERE t.status IN ('pending', 'in_progress'));
  DROP TABLE word; DROP TABLE number;`;

function word(index: string): string {
  return `(SELECT word FROM word WHERE word.n = ${index})`;
}
