/** Values by name that a script's texts may use. */
export type Values = ReadonlyMap<string, string>;

/** Fills `{{name}}` in every text of a step; an unknown name is an error, so that no script half works. */
export function fill<T>(value: T, values: Values): T {
  if (typeof value === 'string') return fillText(value, values) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, values)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fill(item as unknown, values)]),
  ) as T;
}

const fillText = (text: string, values: Values): string =>
  text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_whole, name: string) => {
    const value = values.get(name);
    if (value === undefined)
      throw new Error(`The script uses {{${name}}}; there are: ${[...values.keys()].join(', ')}.`);
    return value;
  });
