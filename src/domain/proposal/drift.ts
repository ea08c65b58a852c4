/** A field that a proposal touches, and that has changed since the proposal was made. */
export interface Drift {
  readonly field: string;
  readonly was: unknown;
  readonly is: unknown;
}

type Values = Readonly<Record<string, unknown>>;

/** What of a proposal's base is not so any more. Values are JSON, so their text is compared. */
export const driftOf = (base: Values, present: Values): readonly Drift[] =>
  Object.entries(base)
    .filter(([field, was]) => JSON.stringify(was) !== JSON.stringify(present[field] ?? null))
    .map(([field, was]) => ({ field, was, is: present[field] ?? null }));

/** The differences in one line. Long texts are cut: whoever decides looks at the whole by `proposal.show`. */
export const driftText = (drift: readonly Drift[]): string =>
  drift.map(({ field, was, is }) => `${field} ${shown(was)} → ${shown(is)}`).join('; ');

const longest = 60;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
