import type { OutputOf } from '../../../operations/client.ts';
import { commandIds } from '../../commandIds.ts';
import { ago, count, overdue, plain, shortened, who } from '../looks/words.ts';
import { escaped, lines, link, sheet } from './markdown.ts';

type Shown = OutputOf<'todo.show'>;

const mostLinks = 8;

/** Who, since when, why it is blocked, what it waits for and what waits for it. */
export function todoTooltip(todo: Shown, now: number): string {
  const open = todo.dependencies.filter(({ status }) => status !== 'completed' && status !== 'cancelled');
  const late = todo.completedAt === null ? overdue(todo.deadline, now) : null;
  return sheet(
    todo.title,
    todo.description === '' ? null : escaped(shortened(todo.description, 400)),
    lines(
      `${plain(todo.status)}, priority ${todo.priority}${todo.gate === 'auto' ? '' : `, for a person (${todo.gate})`}`,
      holder(todo, now),
      todo.blockedReason === null ? null : `Blocked: ${escaped(todo.blockedReason)}`,
      open.length === 0 ? null : `Waits for ${linksTo(open)}`,
      todo.dependents.length === 0
        ? null
        : `${linksTo(todo.dependents)} ${todo.dependents.length === 1 ? 'waits' : 'wait'} for it`,
      todo.deadline === null ? null : `Due ${todo.deadline.slice(0, 10)}${late === null ? '' : `, ${late}`}`,
      todo.subtodoCount === 0 ? null : count(todo.subtodoCount, 'subtodo'),
      todo.artifactId === null
        ? null
        : link('The plan it came from', commandIds.openArtifact, todo.artifactId),
    ),
    todo.completionSummary === null ? null : escaped(shortened(todo.completionSummary, 400)),
    `\`${todo.id}\``,
  );
}

function holder(
  { status, assignee, completedBy, completedAt, createdBy, createdAt, updatedAt }: Shown,
  now: number,
) {
  if (completedAt !== null)
    return `Done by ${escaped(who(completedBy ?? 'nobody'))} ${ago(completedAt, now)}`;
  const by = `made by ${escaped(who(createdBy))} ${ago(createdAt, now)}`;
  if (assignee === null) return `Nobody has it; ${by}`;
  const verb = status === 'in_progress' ? 'at work on it' : 'is to do it';
  return `${escaped(who(assignee))} ${assignee === 'person' ? (status === 'in_progress' ? 'have it' : 'are to do it') : verb}, changed ${ago(updatedAt, now)}; ${by}`;
}

function linksTo(todos: readonly { readonly id: string; readonly title: string }[]): string {
  const named = todos.slice(0, mostLinks).map(({ id, title }) => link(title, commandIds.reveal, 'todo', id));
  const rest = todos.length - named.length;
  return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${rest} more`;
}
