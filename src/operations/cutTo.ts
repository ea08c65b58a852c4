import type { z } from 'zod';

/** Cuts rows down to the fields that a line's schema names, so that the list of fields is written once. */
export function cutTo<Line extends z.ZodObject>(line: Line): (row: z.output<Line>) => z.output<Line> {
  const fields = Object.keys(line.shape);
  return (row) => Object.fromEntries(fields.map((field) => [field, row[field]])) as z.output<Line>;
}
