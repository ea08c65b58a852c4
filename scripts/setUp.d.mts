/** The repository's folder. */
export const root: string;
/** Installs a Debian package for the program where we may; else ends this process, saying what is missing. */
export function ensureTool(command: string, debianPackage: string): void;
