import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './exitCodes.ts';
import type { Terminal } from './terminal.ts';

/** The real terminal. Colour only where somebody looks at it and has not said no. */
export function processTerminal(): Terminal {
  const { stdout, env } = process;
  const isTerminal = stdout.isTTY === true;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readText: (file) => readText(file),
    env,
    cwd: process.cwd(),
    columns: isTerminal ? (stdout.columns ?? 80) : null,
    colour: isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  };
}

function readText(file: string): string {
  try {
    // 0 is standard input; reading it whole is what `-` means.
    return readFileSync(file === '-' ? 0 : path.resolve(file), 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(
      `${file} cannot be read: ${error.message}.`,
      'Name a file that is there, or - for standard input.',
    );
  }
}
