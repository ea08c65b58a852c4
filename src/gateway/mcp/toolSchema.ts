import { z } from 'zod';

/** A JSON schema as MCP wants it for a tool's input. */
export interface ToolSchema {
  readonly type: 'object';
  readonly properties?: Record<string, object>;
  readonly required?: string[];
}

/**
 * Keywords that cost an agent context and tell it little. The host checks them all the same, and its refusal explains
 * them when they matter.
 */
const dropped = new Set([
  '$schema',
  'title',
  'pattern',
  'format',
  'additionalProperties',
  'maxLength',
  'minLength',
  'minItems',
  'exclusiveMinimum',
  'propertyNames',
]);

/** The input schema of an operation, slimmed to what helps an agent to call it. */
export function toolSchema(input: z.ZodObject): ToolSchema {
  const full = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  return slim(full) as ToolSchema;
}

function slim(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(slim);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => !dropped.has(key) && !isBoundless(key, value));
  return joinNullable(
    Object.fromEntries(
      kept.map(([key, value]) => [key, key === 'properties' ? slimEach(value as object) : slim(value)]),
    ),
  );
}

/** Below `properties` the keys are field names: a field called `title` is no keyword. */
const slimEach = (properties: object): object =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, slim(schema)]));

/** zod writes the bounds of a safe integer at every integer. */
const isBoundless = (key: string, value: unknown): boolean =>
  (key === 'maximum' || key === 'minimum') &&
  typeof value === 'number' &&
  Math.abs(value) === Number.MAX_SAFE_INTEGER;

/** `anyOf: [X, null]` says in one line what a type list says in one word, unless X is more than a plain type. */
function joinNullable(schema: Record<string, unknown>): Record<string, unknown> {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return schema;
  const [one, other] = anyOf as Record<string, unknown>[];
  if (one === undefined || other?.['type'] !== 'null' || typeof one['type'] !== 'string') return schema;
  const values = Array.isArray(one['enum']) ? { enum: [...(one['enum'] as unknown[]), null] } : {};
  return { ...one, ...values, ...rest, type: [one['type'], 'null'] };
}
