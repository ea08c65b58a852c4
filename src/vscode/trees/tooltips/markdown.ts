/** Pieces of tooltips. What people and agents wrote is shown as they wrote it, never read as Markdown. */

export const escaped = (text: string): string =>
  text.replace(/[\\`*_{}[\]()#+\-.!|<>&~$:]/g, '\\$&').replace(/\r?\n/g, ' ');

/** A link that runs a command of this extension. */
export const link = (text: string, command: string, ...argumentsOf: readonly unknown[]): string =>
  `[${escaped(text)}](command:${command}?${encodeURIComponent(JSON.stringify(argumentsOf)).replace(/[()]/g, percent)})`;

const percent = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`;

/** Lines below each other; those left out are null. */
export const lines = (...given: readonly (string | null)[]): string =>
  given.filter((line) => line !== null && line !== '').join('  \n');

/** A bold title, then the parts, each a paragraph. */
export const sheet = (title: string, ...parts: readonly (string | null)[]): string =>
  [`**${escaped(title)}**`, ...parts.filter((part) => part !== null && part !== '')].join('\n\n');
