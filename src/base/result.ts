/**
 * Why an operation was refused. A closed set: surfaces choose exit codes, HTTP statuses and icons by it.
 *
 * - `invalid`: the input does not fit; nothing was looked at.
 * - `missing`: what the input names does not exist, or lies out of the caller's reach.
 * - `conflict`: the state does not allow it now.
 * - `forbidden`: this caller may never do it.
 * - `limit`: a limit is reached (rounds, attempts, sizes, rates).
 * - `unavailable`: something outside is not there (host, disk, provider); trying again may help.
 */
export type RefusalCode = 'invalid' | 'missing' | 'conflict' | 'forbidden' | 'limit' | 'unavailable';

/** An expected "no". `next` tells a person or an agent what to do instead. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly next: string;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const refuse = (code: RefusalCode, message: string, next: string): Result<never> => ({
  ok: false,
  refusal: { code, message, next },
});

/** One line for logs and terminals: what was refused and what to do. */
export const refusalText = ({ message, next }: Refusal): string => `${message} ${next}`;

/**
 * Carries a refusal out of nested synchronous code to the one place that turns it into a `Result`
 * (`execute`). Only for code inside an operation, where every step may refuse and nothing is half done
 * because the transaction rolls back.
 */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusalText(refusal));
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** The value of a result, or a thrown `Refused` for the surrounding operation to return. */
export function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused(result.refusal);
}

/** Refuses from inside an operation; see `Refused`. */
export function refuseNow(code: RefusalCode, message: string, next: string): never {
  throw new Refused({ code, message, next });
}
