import { session } from '../../domain/session/session.ts';
import { cutTo } from '../cutTo.ts';

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

export const toSessionLine = cutTo(sessionLine);
