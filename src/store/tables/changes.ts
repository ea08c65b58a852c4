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

/** Which fields differ, as they were and as they are; null where none does. A change of `updatedAt` alone is none. */
export function changedFields<T extends object>(before: T, row: T): { from: Fields; to: Fields } | null {
  const from: Record<string, unknown> = {};
  const to: Record<string, unknown> = {};
  let changed = false;
  for (const [field, value] of Object.entries(row)) {
    const old = (before as Fields)[field];
    if (field === 'updatedAt' || isSame(old, value)) continue;
    changed = true;
    if (silent.has(field)) continue;
    from[field] = shown(old);
    to[field] = shown(value);
  }
  return changed ? { from, to } : null;
}

const isSame = (left: unknown, right: unknown): boolean =>
  left === right || (typeof left === 'object' && JSON.stringify(left) === JSON.stringify(right));

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
