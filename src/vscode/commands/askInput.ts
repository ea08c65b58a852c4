import type { ByHand, Known } from './byHand.ts';
import { currentRows, shownRow } from './currentRows.ts';
import { changeChoices, choicesOf, leftOut, type ChoiceParts, type WindowFacts } from './questions.ts';
import { fieldOf, inWords, type Field } from './fields.ts';
import type { Answer, Choice, Choices, Prompter } from './prompter.ts';
import { rowChoice } from './rowChoice.ts';
import {
  canGoBack,
  inputFrom,
  knownFrom,
  stepsOf,
  withoutLast,
  type Answers,
  type Given,
  type Step,
  type StepParts,
} from './steps.ts';
import { textValue, typedText, typingHint } from './textValue.ts';
import type { Client } from '../../operations/client.ts';
import type { Operation } from '../../operations/operation.ts';

export interface AskParts {
  readonly client: Client;
  readonly prompter: Prompter;
  readonly window: WindowFacts;
  readonly operation: Operation;
  readonly hand: ByHand;
  readonly prefilled: Readonly<Record<string, unknown>>;
  /** Answers of the last time, which lists begin with. */
  readonly remembered?: Readonly<Record<string, unknown>>;
}

/**
 * - `input`: what the operation is to be given, and the names of the rows that it is about.
 * - `nothing`: there is no row that could be chosen for this field. `cancelled`: the person went away.
 */
export type AskedInput =
  | { readonly kind: 'input'; readonly input: Record<string, unknown>; readonly about: readonly string[] }
  | Nothing
  | { readonly kind: 'cancelled' };

interface Nothing {
  readonly kind: 'nothing';
  readonly field: Field;
}

type StepAnswer = Answer<Given> | Nothing;

/** Asks a person for what an operation needs, one question at a time, with a way back at each of them. */
export async function askInput(parts: AskParts): Promise<AskedInput> {
  const activeProject = await slugOfActiveProject(parts.client);
  const prefilled = await rowsOfPrefilled(parts);
  const stepParts: StepParts = { ...parts, activeProject };
  let answers: Answers = new Map();
  for (;;) {
    const all: Answers = new Map([...prefilled, ...answers]);
    const steps = stepsOf(stepParts, all);
    const step = steps.find(({ key }) => !answers.has(key));
    if (step === undefined) return { kind: 'input', input: inputFrom(stepParts, all), about: namesIn(all) };
    const answer = await askStep(parts, {
      step,
      known: knownFrom(stepParts, all),
      title: titleOf(parts.operation, prefilled),
      number: steps.indexOf(step) + 1,
      steps: steps.length,
      canGoBack: canGoBack(answers),
    });
    switch (answer.kind) {
      case 'given':
        answers = new Map([...answers, [step.key, answer.value]]);
        break;
      case 'back':
        answers = withoutLast(answers);
        break;
      case 'nothing':
        return answer;
      case 'cancelled':
        return { kind: 'cancelled' };
    }
  }
}

interface Asking {
  readonly step: Step;
  readonly known: Known;
  readonly title: string;
  readonly number: number;
  readonly steps: number;
  readonly canGoBack: boolean;
}

async function askStep(parts: AskParts, asking: Asking): Promise<StepAnswer> {
  const { step, known } = asking;
  const question = {
    title: asking.title,
    step: asking.number,
    steps: asking.steps,
    canGoBack: asking.canGoBack,
  };
  if (step.kind === 'changes') {
    const picked = await parts.prompter.pick({
      ...question,
      placeholder: 'What do you want to change?',
      listed: changeChoices(parts.operation, step.among),
      many: true,
      mayBeNone: false,
      marked: [],
    });
    return given(picked, (chosen) => ({ value: chosen.map(({ value }) => value), chosen: [] }));
  }
  if (step.kind === 'parameter')
    return askText(parts, question, step.field, { needed: true, changing: false }, '');
  const { field, needed, changing } = step;
  const now = changing ? (await changedRow(parts, known))?.[field.name] : undefined;
  const choiceParts: ChoiceParts = { ...parts, known };
  const listed = await choicesOf(choiceParts, field, needed);
  if (listed === undefined) return askText(parts, question, field, { needed, changing }, typedText(now));
  return askPick(parts, question, field, { needed, changing }, listed, [
    ...marks(now),
    ...marks(parts.remembered?.[field.name]),
    ...(field.name === 'project' ? marks(known.activeProject) : []),
  ]);
}

type Plain = Omit<Asking, 'step' | 'known' | 'number'> & { readonly step: number };

async function askPick(
  { prompter }: AskParts,
  question: Plain,
  field: Field,
  { needed, changing }: { readonly needed: boolean; readonly changing: boolean },
  listed: Choices,
  marked: readonly unknown[],
): Promise<StepAnswer> {
  const { choices } = listed;
  if (choices.length === 0 && needed && !changing) return { kind: 'nothing', field };
  const isMoot = choices.length === 0 || (choices.length === 1 && choices[0]?.value === leftOut);
  if (isMoot)
    return {
      kind: 'given',
      value: { value: changing && field.many ? [] : undefined, chosen: [], byItself: true },
    };
  const picked = await prompter.pick({
    ...question,
    placeholder: placeholderOf(field, listed.more),
    listed,
    many: field.many,
    mayBeNone: !needed || changing,
    marked,
  });
  return given(picked, (chosen) => {
    const values = chosen.map(({ value }) => value);
    if (field.many) return { value: values.length === 0 && !changing ? undefined : values, chosen };
    const [value] = values;
    return value === leftOut || value === null
      ? { value: value === null ? null : undefined, chosen: [] }
      : { value, chosen };
  });
}

async function askText(
  { prompter }: AskParts,
  question: Plain,
  field: Field,
  how: { readonly needed: boolean; readonly changing: boolean },
  value: string,
): Promise<StepAnswer> {
  const typed = await prompter.text({
    ...question,
    placeholder: `${placeholderOf(field, 0)}${how.needed ? '' : ' (optional)'}`,
    value,
    hint: typingHint(field),
    problem(text) {
      const read = textValue(field, text, how);
      return 'problem' in read ? read.problem : undefined;
    },
  });
  return given(typed, (text) => {
    const read = textValue(field, text, how);
    if ('problem' in read) throw new Error(`accepted although: ${read.problem}`);
    return { value: read.value, chosen: [] };
  });
}

const given = <T>(answer: Answer<T>, toGiven: (value: T) => Given): Answer<Given> =>
  answer.kind === 'given' ? { kind: 'given', value: toGiven(answer.value) } : answer;

const marks = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

function placeholderOf(field: Field, more: number): string {
  const { label, description, of, many } = field;
  const isPlain = of.kind === 'reference' && !relations.includes(field.name);
  if (isPlain) {
    const words = inWords(of.to).toLowerCase();
    return `Which ${words}${many ? 's' : ''}?${more === 0 ? '' : ` (${more} more: type to search)`}`;
  }
  const words =
    description === undefined
      ? label
      : `${label}: ${description.charAt(0).toLowerCase()}${description.slice(1)}`;
  return more === 0 ? words : `${words} (${more} more: type to search)`;
}

/** Fields that name a row for what it is to the other; what the others are, they are called. */
const relations = ['on', 'parent', 'before', 'contract', 'content', 'to'];

/** The row that is being changed: the one whose noun the operation is of. */
async function changedRow({ client, operation }: AskParts, { input }: Known) {
  const [noun = ''] = operation.id.split('.');
  return input[noun] === undefined ? undefined : shownRow(client, noun, input[noun]);
}

async function slugOfActiveProject(client: Client): Promise<string | null> {
  const active = await client.execute('project.show', {});
  return active.ok ? active.value.slug : null;
}

/** Rows that were named before anything is asked: the title says them, and filled fields are taken from them. */
async function rowsOfPrefilled({ client, operation, prefilled }: AskParts): Promise<Answers> {
  const answers = new Map<string, Given>();
  for (const [name, value] of Object.entries(prefilled)) {
    const { of } = fieldOf(operation, name);
    const toChoice = of.kind === 'reference' ? rowChoice[of.to] : undefined;
    if (of.kind !== 'reference' || toChoice === undefined) continue;
    const chosen: Choice[] = [];
    for (const ref of marks(value)) {
      if (of.to === 'definition') {
        const { choices } = await currentRows(client, of.to, {});
        chosen.push(...choices.filter((choice) => choice.value === ref));
        continue;
      }
      const row = await shownRow(client, of.to, ref);
      if (row !== undefined) chosen.push(toChoice(row));
    }
    answers.set(name, { value, chosen });
  }
  return answers;
}

/** Names of the rows that were picked first; a priority or a stage is no row. */
const namesIn = (answers: Answers): readonly string[] =>
  [...answers.values()]
    .map(({ chosen }) => chosen.filter(({ row }) => row !== undefined).map(({ label }) => label))
    .find((names) => names.length > 0) ?? [];

function titleOf({ title }: Operation, prefilled: Answers): string {
  const names = namesIn(prefilled);
  return names.length === 0 ? title : `${title}: ${names.length === 1 ? names[0] : `${names.length} chosen`}`;
}
