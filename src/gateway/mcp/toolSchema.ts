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
  return splitTypes(
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

/**
 * zod writes "or null" as a list of types where it can. Some clients map schemas onto a dialect with one type per
 * schema and refuse such a list, so each type becomes a branch of its own.
 */
function splitTypes(schema: Record<string, unknown>): Record<string, unknown> {
  const { type, enum: values, ...rest } = schema;
  if (!Array.isArray(type)) return schema;
  const branches = (type as readonly string[]).map((one) =>
    one === 'null' || !Array.isArray(values)
      ? { type: one }
      : { type: one, enum: (values as readonly unknown[]).filter((value) => value !== null) },
  );
  return { ...rest, anyOf: branches };
}
