import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { idMeta } from '../domain/ids.ts';
import { operations } from '../operations/all.ts';
import type { Operation } from '../operations/operation.ts';
import { waits, type Wait } from '../operations/waits.ts';
import type { Command, CommandTable, Field } from './commandTable.ts';
import { kebab } from './words.ts';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly (string | null)[];
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** The table that the CLI's bundle carries; run at build time, in the repository's root. */
export function operationTable(): CommandTable {
  const { version } = JSON.parse(readFileSync(path.resolve('package.json'), 'utf8')) as { version: string };
  return { version, commands: commandsOf(operations) };
}

export const commandsOf = (list: readonly Operation[]): readonly Command[] =>
  list.filter(({ surfaces }) => surfaces.includes('cli')).map(commandOf);

function commandOf(operation: Operation): Command {
  const schema = z.toJSONSchema(operation.input, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const noun = idMeta.get(zodSchema as never)?.noun;
      if (noun !== undefined)
        jsonSchema.description ??= `Id of ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
    },
  }) as JsonSchema;
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    fieldOf(name, field, schema.required?.includes(name) === true),
  );
  const wait = waits[operation.id];
  return {
    id: operation.id,
    words: operation.id.split('.').map(kebab),
    title: operation.title,
    summary: operation.summary,
    effect: operation.effect,
    fields,
    positional: operation.positional ?? plainRequired(fields),
    ...(wait === undefined ? {} : { wait: waitOf(wait) }),
  };
}

const waitOf = ({ what, byDefault, answer }: Wait): NonNullable<Command['wait']> => ({
  what,
  byDefault,
  ...(answer === undefined ? {} : { answer }),
});

/** Where an operation does not say: what it needs, as long as each can be told from the next. */
function plainRequired(fields: readonly Field[]): readonly string[] {
  const needed = fields.filter(({ required, type }) => required && type !== 'json');
  const firstList = needed.findIndex(({ many }) => many);
  return (firstList === -1 ? needed : needed.slice(0, firstList + 1)).map(({ name }) => name);
}

function fieldOf(name: string, schema: JsonSchema, required: boolean): Field {
  const inner = withoutNull(schema);
  const nullable = inner !== schema;
  const many = inner.type === 'array' && inner.items !== undefined;
  const item = many ? (inner.items ?? {}) : inner;
  const type = typeOf(item);
  const description = schema.description ?? inner.description ?? item.description;
  const values = item.enum?.filter((value) => value !== null);
  const shorthand = type === 'json' && many ? onlyNeeded(item) : undefined;
  return {
    name,
    flag: kebab(name),
    type,
    many,
    required,
    nullable,
    ...(values === undefined ? {} : { values }),
    ...(description === undefined ? {} : { description }),
    ...(schema.default === undefined ? {} : { default: schema.default }),
    ...(shorthand === undefined ? {} : { shorthand }),
  };
}

/** zod writes "or null" as a list of types where it can, else as a choice of schemas. */
function withoutNull(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema.type) && schema.type.includes('null')) {
    const [type, ...others] = (schema.type as readonly string[]).filter((name) => name !== 'null');
    return type !== undefined && others.length === 0 ? { ...schema, type } : {};
  }
  if (schema.anyOf?.some(({ type }) => type === 'null') !== true) return schema;
  const [only, ...others] = schema.anyOf.filter(({ type }) => type !== 'null');
  return only !== undefined && others.length === 0 ? only : {};
}

function typeOf(schema: JsonSchema): Field['type'] {
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'json';
  }
}

function onlyNeeded({ required, properties }: JsonSchema): string | undefined {
  const [name, ...others] = required ?? [];
  if (name === undefined || others.length > 0) return undefined;
  return properties?.[name]?.type === 'string' ? name : undefined;
}
