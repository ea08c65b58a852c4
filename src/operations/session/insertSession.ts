import type { Session } from '../../domain/session/session.ts';
import { insertFresh } from '../insertFresh.ts';
import type { OperationContext } from '../operation.ts';

/** Opens a session. */
export function insertSession(
  context: OperationContext,
  fields: Pick<Session, 'title' | 'origin'> & Partial<Pick<Session, 'parentId' | 'projectId' | 'role'>>,
): Session {
  const { tables, now } = context;
  return insertFresh(context, tables.session, 'session', {
    title: fields.title,
    origin: fields.origin,
    parentId: fields.parentId ?? null,
    projectId: fields.projectId ?? null,
    role: fields.role ?? null,
    status: 'open',
    lastActivityAt: now,
    createdAt: now,
    updatedAt: now,
  });
}
