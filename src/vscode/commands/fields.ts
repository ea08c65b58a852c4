import { z } from 'zod';
import { idMeta, type Noun } from '../../domain/ids.ts';
import type { Operation } from '../../operations/operation.ts';

/** What a field names: a row by its id, or something that is known by a word. */
export type Reference =
  | Exclude<Noun, 'launch' | 'progress' | 'iteration' | 'attempt'>
  | 'role'
  | 'definition'
  | 'provider'
  | 'recipient'
  | 'folder'
  | 'file'
  | 'content';

/** How a value of a field is given by hand. */
export type FieldKind =
  | { readonly kind: 'reference'; readonly to: Reference }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'boolean' | 'number' | 'instant' | 'text' | 'data' };

/** A field of an operation's input, as a question needs it. */
export interface Field {
  readonly name: string;
  /** In words: "Estimated hours". */
  readonly label: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly many: boolean;
  readonly of: FieldKind;
  readonly schema: z.core.$ZodType;
}

/** Fields that name something by a word; the schema says no more than that they are texts. */
const byName: Readonly<Record<string, Reference>> = {
  project: 'project',
  repository: 'repository',
  repositories: 'repository',
  agent: 'agent',
  agents: 'agent',
  role: 'role',
  definition: 'definition',
  provider: 'provider',
  to: 'recipient',
  path: 'folder',
  folder: 'folder',
  script: 'file',
  content: 'content',
};

/** The field of an operation's input; a name that is none is a fault of the table that names it. */
export function fieldOf(operation: Operation, name: string): Field {
  const schema = (operation.input.shape as Record<string, z.core.$ZodType>)[name];
  if (schema === undefined) throw new Error(`${operation.id} has no field ${name}`);
  const whole = peeled(schema);
  const isList = whole.type instanceof z.ZodArray;
  const item = isList ? peeled(whole.type.element) : whole;
  return {
    name,
    label: inWords(name),
    description: whole.description ?? item.description,
    required: !z.safeParse(schema, undefined).success,
    nullable: whole.nullable,
    many: isList,
    of: kindOf(name, item.type),
    schema,
  };
}

export const fieldNames = (operation: Operation): readonly string[] => Object.keys(operation.input.shape);

export const requiredFields = (operation: Operation): readonly string[] =>
  fieldNames(operation).filter((name) => fieldOf(operation, name).required);

/** A field that no operation has: it serves a later question alone. */
export const asideField = (to: Reference): Field => ({
  name: to,
  label: inWords(to),
  description: undefined,
  required: true,
  nullable: false,
  many: false,
  of: { kind: 'reference', to },
  schema: z.string(),
});

/** `estimatedHours` → "Estimated hours". */
export function inWords(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface Peeled {
  readonly type: z.core.$ZodType;
  readonly nullable: boolean;
  readonly description: string | undefined;
}

/** The type without what makes it optional. */
function peeled(schema: z.core.$ZodType): Peeled {
  const { def } = schema._zod as { def: { type: string; innerType?: z.core.$ZodType } };
  const description = (schema as { description?: string }).description;
  if (!['optional', 'nullable', 'default'].includes(def.type) || def.innerType === undefined)
    return { type: schema, nullable: false, description };
  const inner = peeled(def.innerType);
  return {
    type: inner.type,
    nullable: inner.nullable || def.type === 'nullable',
    description: description ?? inner.description,
  };
}

function kindOf(name: string, type: z.core.$ZodType): FieldKind {
  const noun = idMeta.get(type as never)?.noun;
  if (noun !== undefined) return { kind: 'reference', to: noun as Reference };
  if (type instanceof z.ZodEnum) return { kind: 'choice', values: type.options.map(String) };
  if (type instanceof z.ZodBoolean) return { kind: 'boolean' };
  if (type instanceof z.ZodObject || type instanceof z.ZodRecord) return { kind: 'data' };
  if (name === 'version' || name === 'versions') return { kind: 'reference', to: 'version' };
  const named = byName[name];
  if (named !== undefined) return { kind: 'reference', to: named };
  if (type instanceof z.ZodNumber) return { kind: 'number' };
  return { kind: isInstant(type) ? 'instant' : 'text' };
}

const isInstant = (type: z.core.$ZodType): boolean =>
  z.safeParse(type, '2027-01-31T12:00:00.000Z').success && !z.safeParse(type, 'some words').success;
