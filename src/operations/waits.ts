import type { OperationId } from './client.ts';

/**
 * What an operation's caller may wait for. Operations themselves never wait: a surface runs the operation, and as
 * long as `done` says no it reads again with `read` after each change, for a bounded time.
 */
export interface Wait {
  /** The operation to ask again with; it is itself in this table. */
  readonly read: OperationId;
  /** Its input, from what the first operation took and returned. */
  readonly input: (output: never, input: never) => unknown;
  /** Whether the output of this operation is the end of the wait. */
  readonly done: (output: never) => boolean;
  /** One line on what is waited for, for help texts. */
  readonly what: string;
  /** Whether a person's command line waits unless told not to. */
  readonly byDefault: boolean;
}

/** By operation id. */
export const waits: Readonly<Record<string, Wait>> = {};
