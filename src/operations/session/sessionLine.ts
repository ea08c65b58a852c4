import { session, type Session } from '../../domain/session/session.ts';

/** A session as lists show it. */
export const sessionLine = session.pick({
  id: true,
  title: true,
  origin: true,
  status: true,
  role: true,
  projectId: true,
  lastActivityAt: true,
});

export const toSessionLine = ({ id, title, origin, status, role, projectId, lastActivityAt }: Session) => ({
  id,
  title,
  origin,
  status,
  role,
  projectId,
  lastActivityAt,
});
