/** What can be written as inline TOML. */
export type TomlValue =
  string | number | boolean | readonly TomlValue[] | { readonly [key: string]: TomlValue };

/** A value as inline TOML, for `codex -c key=value`. */
export function toml(value: TomlValue): string {
  if (typeof value === 'string') return tomlString(value);
  if (typeof value !== 'object') return String(value);
  if (isArray(value)) return `[${value.map(toml).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${tomlString(key)} = ${toml(inner)}`);
  return `{ ${entries.join(', ')} }`;
}

const isArray = (value: object): value is readonly TomlValue[] => Array.isArray(value);

/** JSON's string syntax is TOML's but for DEL, which TOML wants escaped. */
const tomlString = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007F');
