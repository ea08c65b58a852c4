import type { Todo } from '../todo/todo.ts';
import { priorities } from '../todo/todo.ts';

/** The best ready todo of one project or sprint, and how many agents that project has already. */
export interface Head {
  readonly todo: Pick<Todo, 'id' | 'priority' | 'createdAt' | 'promotedAt'>;
  readonly agentsOfProject: number;
}

/**
 * Whose turn it is: what a person asked to run next, in the order of asking; then the project with the fewest
 * agents, so that none waits for another's long backlog; then priority; then age.
 */
export function compareHeads(a: Head, b: Head): number {
  const asked = comparePromotion(a.todo.promotedAt, b.todo.promotedAt);
  if (asked !== 0) return asked;
  return (
    a.agentsOfProject - b.agentsOfProject ||
    priorities.indexOf(a.todo.priority) - priorities.indexOf(b.todo.priority) ||
    compareText(a.todo.createdAt, b.todo.createdAt) ||
    compareText(a.todo.id, b.todo.id)
  );
}

function comparePromotion(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareText(a, b);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
