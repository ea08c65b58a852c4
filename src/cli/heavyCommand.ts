import type { Terminal } from './terminal.ts';

/** `about` says of what program this is a command. */
export type HeavyCommand = (
  terminal: Terminal,
  words: readonly string[],
  about: { readonly version: string },
) => Promise<number>;
