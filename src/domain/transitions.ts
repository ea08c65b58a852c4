import { ok, refuse, type Result } from '../base/result.ts';

/** Legal moves as data: status → the statuses it may become. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

/**
 * Checks one move against its table. The refusal names the thing, its state and what is allowed from there,
 * because the caller (often an agent) must be able to choose its next step from the message alone.
 */
export function checkMove<S extends string>(
  subject: string,
  table: Transitions<S>,
  from: S,
  to: S,
): Result<S> {
  const allowed = table[from];
  if (allowed.includes(to)) return ok(to);
  return refuse(
    'conflict',
    `${subject} is ${from} and cannot become ${to}.`,
    allowed.length === 0
      ? `${from} is an end: there is no move out of it.`
      : `From ${from} it can become: ${allowed.join(', ')}.`,
  );
}
