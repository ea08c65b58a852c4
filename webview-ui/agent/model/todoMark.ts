import type { ShownTodo } from '../../../src/protocol/agent.ts';
import { mark, type Mark } from '../../shared/mark.ts';

const marks: Readonly<Record<ShownTodo['status'], Mark>> = {
  pending_approval: mark('shield', 'yellow', 'needs approval'),
  pending: mark('circle-large', 'muted', 'pending'),
  in_progress: mark('sync', 'blue', 'in progress'),
  blocked: mark('circle-slash', 'muted', 'blocked'),
  completed: mark('pass-filled', 'green', 'completed'),
  cancelled: mark('circle-slash', 'muted', 'cancelled'),
};

/** A todo's status as it is drawn. */
export const todoMark = (status: ShownTodo['status']): Mark => marks[status];
