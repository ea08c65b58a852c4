import type { z } from 'zod';

/** The object on a line of a JSON stream, or undefined where the line is something else. */
export function jsonLine(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The event on a line if it is one that `schema` knows. */
export function eventOf<S extends z.ZodType>(schema: S, line: string): z.output<S> | undefined {
  const object = jsonLine(line);
  if (object === undefined) return undefined;
  const parsed = schema.safeParse(object);
  return parsed.success ? parsed.data : undefined;
}
