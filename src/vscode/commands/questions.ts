import type { Client } from '../../operations/client.ts';
import type { Operation } from '../../operations/operation.ts';
import type { ByHand, Known } from './byHand.ts';
import { currentRows, rowsWithin } from './currentRows.ts';
import { fieldOf, inWords, type Field, type Reference } from './fields.ts';
import type { Choice, Choices } from './prompter.ts';
import { rowChoice } from './rowChoice.ts';

/** What the window knows that no operation does. */
export interface WindowFacts {
  /** Folders that are open in it. */
  readonly folders: () => readonly string[];
  /** Texts that could become an artifact's content: the selection, the open file. */
  readonly texts: () => readonly Choice[];
  /** Agent CLIs, those that are on this machine first. */
  readonly providers: () => Promise<readonly Choice[]>;
}

/** For whom and in what state choices are looked up. */
export interface ChoiceParts {
  readonly client: Client;
  readonly window: WindowFacts;
  readonly operation: Operation;
  readonly hand: ByHand;
  readonly known: Known;
}

/** Shown first where a field may be left out, or may be nothing. */
export const leftOut = Symbol('left out');

/** The choices of a field; undefined where it is typed. */
export async function choicesOf(
  parts: ChoiceParts,
  field: Field,
  needed: boolean,
): Promise<Choices | undefined> {
  const listed = await listOf(parts, field);
  if (listed === undefined || field.many) return listed;
  const first: Choice[] = [];
  if (field.nullable) first.push({ label: noneWords[field.name] ?? 'None', value: null });
  else if (!needed && field.of.kind !== 'boolean')
    first.push({ label: leftOutWords[field.name] ?? 'Leave out', value: leftOut });
  return { ...listed, choices: [...first, ...listed.choices] };
}

const noneWords: Readonly<Record<string, string>> = {
  sprint: 'No sprint: the backlog',
  parent: 'No parent: the top',
  project: 'No project',
};

const leftOutWords: Readonly<Record<string, string>> = {
  sprint: 'No sprint: the backlog',
  provider: 'As each role says',
  todo: 'No todo: a task in words',
  priority: 'Medium, as usual',
  type: 'Document',
  before: 'At the end',
};

function listOf(parts: ChoiceParts, field: Field): Promise<Choices> | undefined {
  const { of } = field;
  switch (of.kind) {
    case 'reference':
      return references(parts, field, of.to);
    case 'choice':
      return values(parts, field, of.values);
    case 'boolean':
      return Promise.resolve(
        allOf([
          { label: 'No', value: false },
          { label: 'Yes', value: true },
        ]),
      );
    case 'number':
    case 'instant':
    case 'text':
    case 'data':
      return undefined;
  }
}

async function values(
  { client, hand, known }: ChoiceParts,
  { name }: Field,
  every: readonly string[],
): Promise<Choices> {
  const within = hand.within?.[name];
  const allowed =
    within === undefined ? every : await rowsWithin(client, within[0], known.input[within[0]], within[1]);
  return allOf(
    every
      .filter((value) => allowed.includes(value))
      .map((value) => ({ label: inWords(value).replaceAll('_', ' ').replaceAll('-', ' '), value })),
  );
}

async function references(parts: ChoiceParts, field: Field, to: Reference): Promise<Choices> {
  const { client, window, hand, known } = parts;
  const within = hand.within?.[field.name];
  const narrowed = hand.rows?.[field.name] ?? {};
  if (within !== undefined) {
    const rows = await rowsWithin(client, within[0], known.input[within[0]], within[1]);
    const toChoice = rowChoice[to];
    return allOf(toChoice === undefined ? [] : (rows as readonly Record<string, unknown>[]).map(toChoice));
  }
  switch (to) {
    case 'provider':
      return allOf(await window.providers());
    case 'recipient':
      return recipients(parts);
    case 'folder':
      return allOf([
        ...window.folders().map((folder) => ({ label: folder, value: folder })),
        { label: 'Another folder…', value: null, browse: 'folder' },
      ]);
    case 'file':
      return allOf([{ label: 'A file…', value: null, browse: 'file' }]);
    case 'content':
      return allOf([...window.texts(), { label: 'Empty', value: '' }]);
    case 'version':
      return currentRows(client, to, { artifact: known.input['artifact'] });
    case 'comment':
      return currentRows(client, to, { ...narrowed, artifact: known.input['artifact'] });
    default:
      return exceptItself(await currentRows(client, to, narrowed), known);
  }
}

async function recipients({ client, known }: ChoiceParts): Promise<Choices> {
  const agents = await currentRows(client, 'agent', { live: true });
  const everyone: readonly Choice[] =
    known.activeProject === null
      ? []
      : [{ label: 'Everyone', description: 'at work in the active project', value: 'everyone' }];
  return { ...agents, choices: [...agents.choices, ...everyone] };
}

/** A row never waits for itself, and stands neither below nor before itself. */
function exceptItself(listed: Choices, { input }: Known): Choices {
  const given = Object.values(input).flat();
  return { ...listed, choices: listed.choices.filter(({ value }) => !given.includes(value)) };
}

const allOf = (choices: readonly Choice[]): Choices => ({ choices, more: 0 });

/** The first step of a change: which of its fields. */
export const changeChoices = (operation: Operation, names: readonly string[]): Choices =>
  allOf(
    names.map((name) => {
      const { label, description } = fieldOf(operation, name);
      return { label, value: name, ...(description === undefined ? {} : { description }) };
    }),
  );
