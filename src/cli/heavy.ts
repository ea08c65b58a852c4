import type { Terminal } from './terminal.ts';

export type HeavyCommand = (terminal: Terminal, words: readonly string[]) => Promise<number>;

/** Commands that load the host, MCP or an agent's provider: a bundle of their own, so that the others start fast. */
export const heavyCommands: Readonly<Record<string, HeavyCommand>> = {};
