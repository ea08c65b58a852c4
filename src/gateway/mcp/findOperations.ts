import { permissionsOf, type Caller } from '../../domain/caller.ts';
import type { Operation } from '../../operations/operation.ts';
import { toolSchema } from './toolSchema.ts';

export interface FoundOperation {
  readonly operation: string;
  readonly summary: string;
  /** Fields as one line each: `name?: type — what it is`. */
  readonly fields: readonly string[];
}

/** The operations that a caller may run over MCP. */
export const usableBy = (operations: readonly Operation[], caller: Caller): readonly Operation[] =>
  operations.filter(
    ({ surfaces, permission }) => surfaces.includes('mcp') && permissionsOf(caller).includes(permission),
  );

/** Operations that fit the words best; all of them in their order where no word is given. */
export function findOperations(
  usable: readonly Operation[],
  text: string,
  limit: number,
): readonly FoundOperation[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const ranked = usable
    .map((operation) => ({ operation, score: scoreOf(operation, words) }))
    .filter(({ score }) => words.length === 0 || score > 0)
    .sort((one, other) => other.score - one.score);
  return ranked.slice(0, limit).map(({ operation }) => describe(operation));
}

/** A word in the id counts most, then in the title, then in the summary or a field. */
function scoreOf({ id, title, summary, input }: Operation, words: readonly string[]): number {
  const places: readonly [string, number][] = [
    [id.toLowerCase(), 6],
    [title.toLowerCase(), 3],
    [`${summary} ${Object.keys(input.shape).join(' ')}`.toLowerCase(), 1],
  ];
  const scores = words.map((word) =>
    places.reduce((sum, [place, weight]) => sum + (place.includes(stem(word)) ? weight : 0), 0),
  );
  return scores.reduce((sum, score) => sum + score, 0);
}

/** `todos` finds `todo`, `completed` finds `complete`. */
const stem = (word: string): string => (word.length > 4 ? word.replace(/(ing|ed|es|s)$/, '') : word);

function describe({ id, summary, input }: Operation): FoundOperation {
  const schema = toolSchema(input);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const { description } = field as { description?: string };
    const mark = schema.required?.includes(name) === true ? '' : '?';
    return `${name}${mark}: ${typeText(field)}${description === undefined ? '' : ` — ${description}`}`;
  });
  return { operation: id, summary, fields };
}

interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly FieldSchema[];
}

function typeText(schema: FieldSchema): string {
  if (schema.enum !== undefined) return schema.enum.join('|');
  if (schema.items !== undefined) return `[${typeText(schema.items)}]`;
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join('|');
  if (schema.properties !== undefined) {
    const required = schema.required ?? [];
    const names = Object.keys(schema.properties).map((name) => (required.includes(name) ? name : `${name}?`));
    return `{${names.join(', ')}}`;
  }
  return schema.type === undefined ? 'any' : [schema.type].flat().join('|');
}
