import { stringify } from 'yaml';
import type { Operation } from '../../operations/operation.ts';
import { commandIds } from '../commandIds.ts';
import { shownRow } from './currentRows.ts';
import type { Desk } from './desk.ts';
import { nounOf, rowsIn } from './outcome.ts';
import type { Choice, PickQuestion } from './prompter.ts';
import { rowChoice } from './rowChoice.ts';

/** Which command shows a row of a noun, and how it is told which. */
const openers: Readonly<Record<string, (ref: unknown) => readonly [command: string, ...args: unknown[]]>> = {
  artifact: (id) => [commandIds.openArtifact, id],
  loop: (id) => [commandIds.openLoop, id],
  agent: (name) => [commandIds.openAgent, name],
  project: (id) => [commandIds.reveal, 'project', id],
  sprint: (id) => [commandIds.reveal, 'sprint', id],
  todo: (id) => [commandIds.reveal, 'todo', id],
};

/** Opens a row where it is at home: in its view, its terminal or its tree. */
export async function openRow(desk: Desk, noun: string, ref: unknown): Promise<void> {
  const opener = openers[noun];
  if (opener === undefined) return;
  // A tree knows its rows by id alone; by hand a project is known by its slug.
  const id = noun === 'project' ? ((await shownRow(desk.client, noun, ref))?.['id'] ?? ref) : ref;
  await desk.runCommand(...opener(id));
}

/** Lists the rows that an operation found, and opens the one that is picked. */
export async function pickAndOpen(desk: Desk, operation: Operation, value: unknown): Promise<void> {
  const noun = nounOf(operation);
  const { items, more } = rowsIn(value);
  const toChoice = rowChoice[noun as keyof typeof rowChoice];
  const choices: readonly Choice[] = toChoice === undefined ? [] : items.map(toChoice);
  if (choices.length === 0) return desk.say('information', `${operation.title}: there is nothing.`, []);
  const question: PickQuestion = {
    title: operation.title,
    placeholder: more === 0 ? 'Open…' : `Open… (${more} more are not listed)`,
    step: 1,
    steps: 1,
    canGoBack: false,
    listed: { choices, more: 0 },
    many: false,
    mayBeNone: false,
    marked: [],
  };
  const picked = await desk.ask(operation.title, (prompter) => prompter.pick(question));
  const row = picked.kind === 'given' ? picked.value[0]?.row : undefined;
  if (row !== undefined) await openRow(desk, noun, row['id']);
}

/** Shows an answer as it is: names and values, as YAML. */
export const showAnswer = (
  desk: Desk,
  { title }: Operation,
  about: readonly string[],
  value: unknown,
): Promise<void> => desk.showDocument([title, ...about].join(' – '), stringify(value, { lineWidth: 110 }));
