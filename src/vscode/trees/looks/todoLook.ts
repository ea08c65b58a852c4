import type { TodoRow } from '../model/entity.ts';
import { blue, facts, muted, yellow, type Icon, type Look } from './look.ts';
import { count, firstLine, overdue, plain, shortened, who } from './words.ts';

export const isDone = (status: TodoRow['status']): boolean =>
  status === 'completed' || status === 'cancelled';

/** A todo with a tick box. Of several reasons the first shows: blocked, overdue, approval, who. */
export function todoLook(todo: TodoRow, now: number, turn: number | null = null): Look {
  const late = isDone(todo.status) ? null : overdue(todo.deadline, now);
  const marked = late !== null && todo.status !== 'blocked';
  const said = facts(turn === 1 ? 'next' : null, description(todo, late));
  return {
    label: todo.title,
    description: said,
    icon: icon(todo.status, marked),
    context: `todo.${todo.status}`,
    spoken: `Todo ${todo.title}, ${facts(plain(todo.status), said === plain(todo.status) ? null : said)}${turn === null ? '' : `, number ${turn} in dispatch`}`,
    tick: todo.status === 'completed' ? 'done' : 'open',
    ...(marked ? { mark: 'overdue' } : turn === null ? {} : { mark: `next${turn}` as const }),
  };
}

function icon(status: TodoRow['status'], late: boolean): Icon | null {
  if (late) return { name: 'watch', color: 'list.errorForeground' };
  switch (status) {
    case 'pending':
      return { name: 'circle-large', color: muted };
    case 'in_progress':
      return { name: 'sync', color: blue };
    case 'blocked':
    case 'cancelled':
      return { name: 'circle-slash', color: muted };
    case 'pending_approval':
      return { name: 'shield', color: yellow };
    case 'completed':
      return null;
  }
}

function description(todo: TodoRow, late: string | null): string {
  const { done, all } = todo.subtodos;
  const below = all === 0 ? null : `${done}/${all}`;
  const person = todo.assignee === null ? null : who(todo.assignee);
  switch (todo.status) {
    case 'completed':
      return todo.completedBy === 'person' ? 'done by you' : 'done';
    case 'cancelled':
      return 'cancelled';
    case 'blocked':
      return facts(below, blocked(todo));
    case 'pending':
    case 'in_progress':
      return facts(below, late ?? person ?? urgency(todo));
    case 'pending_approval':
      return facts(below, late ?? 'needs approval');
  }
}

const blocked = ({ blockedReason, waitsFor }: TodoRow): string =>
  blockedReason === null ? `waits for ${count(waitsFor, 'todo')}` : shortened(firstLine(blockedReason), 40);

/** The usual needs no word. */
const urgency = ({ priority }: TodoRow): string | null => (priority === 'medium' ? null : priority);
