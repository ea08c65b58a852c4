import type { Reference } from './fields.ts';
import type { Choice } from './prompter.ts';

type Row = Readonly<Record<string, unknown>>;

/** A row as a list of choices shows it, by what it is; and the value that an operation knows it by. */
export const rowChoice: Readonly<Partial<Record<Reference, (row: Row) => Choice>>> = {
  project: (row) => choice(row, row['slug'], row['title'], [row['slug'], ifNot('active', row['status'])]),
  repository: (row) => choice(row, row['name'], row['name'], [row['path']]),
  sprint: (row) => choice(row, row['id'], `#${text(row['number'])} ${text(row['title'])}`, [row['status']]),
  todo: (row) =>
    choice(row, row['id'], row['title'], [row['status'], ifNot('medium', row['priority']), row['assignee']]),
  artifact: (row) =>
    choice(row, row['id'], row['title'], [row['type'], row['stage'], `v${text(row['version'])}`]),
  session: (row) => choice(row, row['id'], row['title'], [row['origin'], ifNot('open', row['status'])]),
  agent: (row) => choice(row, row['name'], row['name'], [row['role'], row['status'], row['attention']]),
  loop: (row) =>
    choice(row, row['id'], row['goal'], [
      row['definition'],
      row['status'],
      `round ${text(row['round'])} of ${text(row['maxIterations'])}`,
    ]),
  message: (row) => choice(row, row['id'], row['title'], [row['from']]),
  comment: (row) =>
    choice(row, row['id'], row['body'], [
      row['author'],
      `v${text(row['version'])}`,
      row['startLine'] === null ? null : `line ${text(row['startLine'])}`,
      row['resolvedAt'] === null ? null : 'resolved',
    ]),
  version: (row) =>
    choice(row, row['version'], `v${text(row['version'])}`, [row['author'], row['changeSummary']]),
  worktree: (row) => choice(row, row['id'], row['branch'], [row['agentName'], row['status'], row['reason']]),
  merge: (row) => choice(row, row['id'], row['title'], [row['status'], `into ${text(row['target'])}`]),
  proposal: (row) =>
    choice(row, row['id'], row['title'], [
      `${row['targetId'] === null ? 'new' : 'change of a'} ${text(row['target'])}`,
      row['agentName'],
      ifNot('pending', row['status']),
    ]),
  account: (row) =>
    choice(row, row['id'], row['label'], [row['provider'], row['available'] === true ? null : 'exhausted']),
  role: (row) => ({
    ...choice(row, row['name'], row['displayName'], [row['access']]),
    detail: text(row['description']),
  }),
  definition: (row) => ({ ...choice(row, row['name'], row['name'], []), detail: text(row['description']) }),
};

const longest = 120;

function choice(row: Row, value: unknown, label: unknown, facts: readonly unknown[]): Choice {
  return {
    label: firstLine(text(label)),
    description: facts
      .filter((fact) => fact !== null && fact !== undefined && fact !== '')
      .map((fact) => firstLine(text(fact)).replaceAll('_', ' '))
      .join(' · '),
    value,
    row,
  };
}

function firstLine(whole: string): string {
  const line = whole.split('\n', 1)[0] ?? '';
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

const ifNot = (usual: string, value: unknown): unknown => (value === usual ? null : value);
