import type { Operation } from '../../operations/operation.ts';
import type { AskedField, ByHand, Known } from './byHand.ts';
import { asideField, fieldOf, requiredFields, type Field, type Reference } from './fields.ts';
import type { Choice } from './prompter.ts';

/** What a person answered to a step. */
export interface Given {
  readonly value: unknown;
  /** The rows that were picked. */
  readonly chosen: readonly Choice[];
  /** There was nothing to choose, so nothing was asked. */
  readonly byItself?: true;
}

/** Answers by the key of their step, in the order in which they were given. */
export type Answers = ReadonlyMap<string, Given>;

/** One question. */
export type Step =
  | { readonly kind: 'changes'; readonly key: string; readonly among: readonly string[] }
  | { readonly kind: 'parameter'; readonly key: string; readonly field: Field; readonly parameter: string }
  | {
      readonly kind: 'field';
      readonly key: string;
      readonly field: Field;
      readonly needed: boolean;
      /** The field has a value already, which is changed. */
      readonly changing: boolean;
    };

export interface StepParts {
  readonly operation: Operation;
  readonly hand: ByHand;
  /** What is known before anything is asked. */
  readonly prefilled: Readonly<Record<string, unknown>>;
  readonly activeProject: string | null;
}

const changesKey = 'what to change';

/** The questions as far as they are known after these answers; one that was answered keeps its place. */
export function stepsOf(parts: StepParts, answers: Answers): readonly Step[] {
  const { operation, hand, prefilled } = parts;
  const known = knownFrom(parts, answers);
  const steps = askedOf(operation, hand).flatMap((asked): readonly Step[] => {
    if (Object.hasOwn(prefilled, asked.field) || asked.filled !== undefined) return [];
    if (asked.when?.(known) === false) return [];
    if (asked.field === 'parameters') return parameterSteps(operation, answers);
    const field =
      asked.aside === true ? asideField(asked.field as Reference) : fieldOf(operation, asked.field);
    const needed = field.required || asked.needed === true;
    return [{ kind: 'field', key: asked.field, field, needed, changing: false }];
  });
  return [...steps, ...changeSteps(parts, answers)];
}

/** The operation's input as it is known so far, with what only later questions need. */
export function knownFrom({ operation, hand, prefilled, activeProject }: StepParts, answers: Answers): Known {
  const input: Record<string, unknown> = { ...prefilled };
  const parameters = [...answers].flatMap(([key, { value }]) =>
    key.includes('=') ? [`${key}${String(value)}`] : [],
  );
  if (parameters.length > 0) input['parameters'] = parameters;
  for (const [key, { value }] of answers)
    if (key !== changesKey && !key.includes('=') && value !== undefined) input[key] = value;
  const known = { input, activeProject };
  for (const { field, filled, when } of askedOf(operation, hand)) {
    const rows = filled === undefined ? undefined : answers.get(filled[0])?.chosen;
    if (filled !== undefined && rows !== undefined && when?.(known) !== false)
      input[field] = rows.map(({ row }) => row?.[filled[1]]);
  }
  return known;
}

/** What the operation is given in the end. */
export function inputFrom(parts: StepParts, answers: Answers): Record<string, unknown> {
  const input = { ...knownFrom(parts, answers).input };
  for (const { field, aside } of askedOf(parts.operation, parts.hand))
    if (aside === true) delete input[field];
  return input;
}

/** Without the last answer that the person gave, and what followed from it by itself. */
export function withoutLast(answers: Answers): Answers {
  const entries = [...answers];
  const last = entries.findLastIndex(([, { byItself }]) => byItself !== true);
  return new Map(entries.slice(0, Math.max(0, last)));
}

export const canGoBack = (answers: Answers): boolean =>
  [...answers.values()].some(({ byItself }) => byItself !== true);

/** What a table entry asks for; the required fields where it does not say. */
export function askedOf(operation: Operation, hand: ByHand): readonly AskedField[] {
  const asks = hand.asks ?? requiredFields(operation);
  return asks.map((asked) => (typeof asked === 'string' ? { field: asked } : asked));
}

function changeSteps({ operation, hand, prefilled }: StepParts, answers: Answers): readonly Step[] {
  const { changes } = hand;
  if (changes === undefined || changes.some((name) => Object.hasOwn(prefilled, name))) return [];
  const chosen = (answers.get(changesKey)?.value ?? []) as readonly string[];
  return [
    { kind: 'changes', key: changesKey, among: changes },
    ...changes
      .filter((name) => chosen.includes(name))
      .map((name): Step => ({
        kind: 'field',
        key: name,
        field: fieldOf(operation, name),
        needed: true,
        changing: true,
      })),
  ];
}

interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly default: string | null;
}

/** Those parameters of the chosen loop definition that have no value of their own. */
function parameterSteps(operation: Operation, answers: Answers): readonly Step[] {
  const row = answers.get('definition')?.chosen[0]?.row;
  const parameters = (row?.['parameters'] ?? []) as readonly Parameter[];
  return parameters
    .filter((one) => one.required && one.default === null)
    .map(({ name, description }) => ({
      kind: 'parameter',
      key: `${name}=`,
      parameter: name,
      field: { ...fieldOf(operation, 'goal'), label: description },
    }));
}
