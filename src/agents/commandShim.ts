/** A program, and what its environment needs to run it: under Electron, the editor's own program is Node only when told so. */
export interface ShimmedCommand {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The text of a file named `sloop` for systems with a POSIX shell. */
export function shellShim({ words, env }: ShimmedCommand): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)} `);
  return `#!/bin/sh\n${variables.join('')}exec ${words.map(quoted).join(' ')} "$@"\n`;
}

/** The text of a file named `sloop.cmd`. */
export function windowsShim({ words, env }: ShimmedCommand): string {
  const variables = Object.entries(env).map(([name, value]) => `set "${name}=${value}"\r\n`);
  const command = words.map((word) => `"${word}"`).join(' ');
  return `@echo off\r\nsetlocal\r\n${variables.join('')}${command} %*\r\n`;
}
