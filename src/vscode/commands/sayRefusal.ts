import { refusalText, type Refusal } from '../../base/result.ts';
import { operations } from '../../operations/all.ts';
import type { Operation } from '../../operations/operation.ts';
import { commandIds } from '../commandIds.ts';
import { isByHand } from './byHand.ts';
import type { Button, Desk } from './desk.ts';
import { inWords, type Field } from './fields.ts';
import { adviceOf } from './outcome.ts';

/** Says why not and what to do instead; with a button where that is a command. */
export function sayRefusal(desk: Desk, refusal: Refusal, input: Readonly<Record<string, unknown>>): void {
  desk.say('error', refusalText(refusal), buttonsFor(desk, refusal, input));
}

function buttonsFor(
  desk: Desk,
  { next }: Refusal,
  input: Readonly<Record<string, unknown>>,
): readonly Button[] {
  if (desk.hasNoHost())
    return [
      { title: 'Try Again', command: commandIds.retryConnection, args: [] },
      { title: 'Show Log', command: commandIds.showLog, args: [] },
    ];
  const advice = adviceOf(next);
  // What was said already is not asked again; fields that the other operation does not have are left out.
  return operations.filter(({ id }) => id === advice).flatMap((operation) => buttonOf(operation, input));
}

/** There is no row to choose: it must be made first. */
export function sayNothingToChoose(desk: Desk, { title }: Operation, { of, label }: Field): void {
  const noun = of.kind === 'reference' ? of.to : label;
  const makers = [`${noun}.create`, `${noun}.start`, `${noun}.register`];
  const buttons = operations.filter(({ id }) => makers.includes(id)).flatMap((maker) => buttonOf(maker));
  desk.say('information', `${title}: there is no ${inWords(noun).toLowerCase()} for that now.`, buttons);
}

const buttonOf = (
  { id, title }: Pick<Operation, 'id' | 'title'>,
  ...args: readonly unknown[]
): readonly Button[] => (isByHand(id) ? [{ title, command: `sloop.${id}`, args }] : []);
