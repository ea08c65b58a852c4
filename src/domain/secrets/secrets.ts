import type { AccountId } from '../ids.ts';

/**
 * Where credentials are kept: the editor's secret storage, or files and variables of the user's alone. What is read
 * here goes to the one process that needs it, and never into a row, an event, a log or a command line.
 */
export interface Secrets {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  /** What is not there is no fault. */
  delete(key: string): Promise<void>;
}

/** The key of one variable of an account. Letters, digits, `.` and `_` alone: it is a file's name too. */
export const credentialKey = (account: AccountId, variable: string): string =>
  `account.${account}.${variable}`;
