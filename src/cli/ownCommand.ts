import type { CommandTable } from './commandTable.ts';
import type { Terminal } from './terminal.ts';

/** A command that is no operation. Heavy ones live in a bundle of their own, loaded when they are called. */
export interface OwnCommand {
  readonly name: string;
  readonly about: string;
  readonly usage: string;
  /** For Sloop's own use; not in the help. */
  readonly hidden?: boolean;
  readonly run?: (
    terminal: Terminal,
    words: readonly string[],
    table: CommandTable,
  ) => Promise<number> | number;
}
