import { plain, who } from './looks/words.ts';
import type { Criteria } from './sources/filterSource.ts';

type Statuses = NonNullable<Criteria['status']>;
type Priorities = NonNullable<Criteria['priority']>;

export const filterStatuses: Statuses = [
  'pending_approval',
  'pending',
  'in_progress',
  'blocked',
  'completed',
  'cancelled',
];
export const filterPriorities: Priorities = ['critical', 'high', 'medium', 'low'];

/** A filter as the view's description says it: `blocked or pending, high, “window”`. */
export function filterWords({ text, status, priority, assignee }: Criteria): string {
  const any = (words: readonly string[] | undefined) => words?.map(plain).join(' or ');
  return [any(status), any(priority), assignee === undefined ? undefined : who(assignee), text && `“${text}”`]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

export const isEmpty = (criteria: Criteria): boolean => filterWords(criteria) === '';
