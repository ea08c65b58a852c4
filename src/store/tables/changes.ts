type Fields = Readonly<Record<string, unknown>>;

/** Long texts are in the rows and their versions; the trail keeps this much of them, in characters. */
const longestText = 200;

/** Fields that change with everything and tell nothing. */
const silent = new Set(['id', 'updatedAt', 'rowNumber', 'tokenHash', 'prompt', 'frozen']);

const shown = (value: unknown): unknown => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined || text.length <= longestText) return value;
  return `${text.slice(0, longestText)}… (${text.length} characters)`;
};

/** What a new (or deleted) row says of itself: every field that is set. */
export function createdFields(row: object): Fields {
  const entries = Object.entries(row).filter(
    ([field, value]) => !silent.has(field) && value !== null && value !== '' && !isEmptyList(value),
  );
  return Object.fromEntries(entries.map(([field, value]) => [field, shown(value)]));
}

/** The names of the fields that differ; none where only `updatedAt` does. */
export function changedNames<T extends object>(before: T, row: T): readonly (keyof T & string)[] {
  const names = (Object.keys(row) as (keyof T & string)[]).filter((name) => !isSame(before[name], row[name]));
  return names.length === 1 && names[0] === 'updatedAt' ? [] : names;
}

/** The fields of these names that tell something, as they were and as they are. */
export function changedFields<T extends object>(
  before: T,
  row: T,
  names: readonly (keyof T & string)[],
): { from: Fields; to: Fields } {
  const told = names.filter((name) => !silent.has(name));
  const values = (from: T) => Object.fromEntries(told.map((name) => [name, shown(from[name])]));
  return { from: values(before), to: values(row) };
}

const isSame = (left: unknown, right: unknown): boolean =>
  left === right || (typeof left === 'object' && JSON.stringify(left) === JSON.stringify(right));

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
