/**
 * What the CLI knows of the operations without loading them. It is derived from the operation list when the bundle
 * is built (`operationTable.ts`), so that `sloop todo list` starts without zod.
 */
export interface CommandTable {
  readonly version: string;
  readonly commands: readonly Command[];
}

export interface Command {
  /** Operation id. */
  readonly id: string;
  /** What is typed: `['todo', 'complete']`. */
  readonly words: readonly string[];
  readonly title: string;
  readonly summary: string;
  readonly effect: 'read' | 'write' | 'destroy';
  readonly fields: readonly Field[];
  /** Names of the fields that are given without a flag, in order. A list takes all that is left. */
  readonly positional: readonly string[];
  /** What can be waited for, and whether this command waits unless told not to. */
  readonly wait?: {
    readonly what: string;
    readonly byDefault: boolean;
    /** Field of the result that is printed alone. */
    readonly answer?: string;
  };
}

export interface Field {
  readonly name: string;
  /** Without the dashes: `dry-run`. */
  readonly flag: string;
  readonly type: 'text' | 'number' | 'boolean' | 'json';
  readonly many: boolean;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly values?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  /** For lists of objects: plain text stands for an object with only this field. */
  readonly shorthand?: string;
}
