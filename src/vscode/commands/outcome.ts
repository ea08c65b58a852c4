import type { Operation } from '../../operations/operation.ts';
import type { ChangeByHand } from './byHand.ts';
import { inWords } from './fields.ts';
import { rowChoice } from './rowChoice.ts';

type Row = Readonly<Record<string, unknown>>;

/** The noun that an operation is about: the first part of its id. */
export const nounOf = ({ id }: Pick<Operation, 'id'>): string => id.split('.')[0] ?? id;

/** The rows that an operation answered with: a list of them, or one. */
export function rowsOf(value: unknown): readonly Row[] {
  if (typeof value !== 'object' || value === null) return [];
  const row = value as Row;
  if (typeof row['id'] === 'string') return [row];
  const list = Object.values(row).find((one) => Array.isArray(one) || isRow(one));
  if (Array.isArray(list)) return list.filter(isRow);
  return isRow(list) ? [list] : [];
}

/** A page of rows, as operations that list answer with. */
export function rowsIn(value: unknown): { readonly items: readonly Row[]; readonly more: number } {
  const { items, more } = value as { readonly items: readonly Row[]; readonly more: number };
  return { items, more };
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && typeof (value as Row)['id'] === 'string';

const mostNames = 3;

/** One line for the status bar: what was done, to what. */
export function doneLine(
  operation: Operation,
  { done, opens }: ChangeByHand,
  value: unknown,
  about: readonly string[],
): string {
  const toChoice = rowChoice[nounOf(operation) as keyof typeof rowChoice];
  const named = toChoice === undefined ? [] : rowsOf(value).map((row) => toChoice(row).label);
  // What was made is called by its own name, not by the sprint it was put into.
  const isMade = opens === true && named.length > 0;
  const names = (about.length > 0 && !isMade ? about : named).filter((name) => name !== '');
  if (names.length === 0) return `${done}.`;
  const listed = names.slice(0, mostNames).join(', ');
  return `${done}: ${listed}${names.length > mostNames ? ` and ${names.length - mostNames} more` : ''}`;
}

/** What an operation that destroys would take along, from its own dry run: a line for each list that is not empty. */
export function takenAlong(operation: Operation, dryRun: unknown): readonly string[] {
  const output = operation.output as { shape?: Readonly<Record<string, { description?: string }>> };
  return Object.entries(dryRun as Row).flatMap(([name, value]) => {
    const count = Array.isArray(value) ? value.length : typeof value === 'number' ? value : 0;
    if (count === 0) return [];
    const why = output.shape?.[name]?.description;
    return [
      `${inWords(name)}: ${count}${why === undefined ? '' : ` (${why.charAt(0).toLowerCase()}${why.slice(1)})`}`,
    ];
  });
}

/** The command that a refusal's advice names by the words of the command line, as in "sloop project reopen demo". */
export function adviceOf(next: string): string | undefined {
  const [, noun, verb] = /\bsloop ([a-z]+) ([a-z]+(?:-[a-z]+)*)/.exec(next) ?? [];
  if (noun === undefined || verb === undefined) return undefined;
  return `${noun}.${verb.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}
