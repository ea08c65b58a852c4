import { expectOk } from '../base/result.ts';
import type { SessionId } from '../domain/ids.ts';
import type { UnitOfWork } from '../domain/store.ts';
import type { Executor } from '../operations/execute.ts';

/**
 * The session that a person's own work in this workspace belongs to: the newest open one, or a new one. It stays
 * the same over restarts, and with it the active project.
 */
export async function openPersonSession(
  executor: Executor,
  store: UnitOfWork,
  title: string,
): Promise<SessionId> {
  const [newest] = store.read({ kind: 'all' }, (tables) =>
    tables.session.list({ origin: 'person', status: 'open' }, { limit: 1 }),
  ).items;
  if (newest !== undefined) return newest.id;
  const person = executor.clientFor({ kind: 'person', name: 'person', sessionId: null }, 'engine');
  return expectOk(await person.execute('session.start', { title })).id;
}
